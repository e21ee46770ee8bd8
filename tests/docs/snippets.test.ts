import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { documents } from "../../scripts/documents.ts";
import { checkDocument } from "../../scripts/snippets/check-document.ts";
import { knownOf } from "../../scripts/snippets/known.ts";
import { commandsOf } from "../../scripts/snippets/shell-words.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const known = knownOf(root);
const check = (text: string) => checkDocument("one.md", text, known);
const block = (language: string, text: string) => `# One\n\n\`\`\`${language}\n${text}\n\`\`\`\n`;

test("every document of the repository is good", () => {
  const files = documents(root);
  expect(files).toContain("docs/operations.md");
  const verdicts = files.map((file) => checkDocument(file, readFileSync(`${root}/${file}`, "utf8"), known));
  expect(verdicts.flatMap(({ faults }) => faults)).toEqual([]);
});

describe("what is refused", () => {
  test.each([
    ["console", "$ npm run no-such", "one.md:4: package.json has no script no-such"],
    ["console", "$ npm run codegen -- --chekc", "one.md:4: npm run codegen knows no --chekc"],
    ["console", "$ npm run admin -- stats", "one.md:4: proxmox-mcp admin has no command stats"],
    ["console", "$ proxmox-mcp doctro", "one.md:4: proxmox-mcp has no command doctro"],
    ["console", "$ cd /tmp && proxmox-mcp doctor --jsn", "one.md:4: proxmox-mcp doctor has no option --jsn"],
    ["sh", "# first\nnpx -y proxmox-mcp lab --seed huge", "one.md:5: proxmox-mcp lab --seed does not take huge"],
    ["sh", "proxmox-mcp lab --port", "one.md:4: proxmox-mcp lab --port wants a value"],
    ["sh", "proxmox-mcp doctor now", "one.md:4: proxmox-mcp doctor takes no now"],
    ["sh", "node dist/index.js labb", "one.md:4: proxmox-mcp has no command labb"],
    ["sh", "npx tsx scripts/none.ts", "one.md:4: scripts/none.ts does not exist"],
    ["sh", "npx vitest run tests/none", "one.md:4: tests/none does not exist"],
    ["sh", "claude mcp add p -e A=b -- npx -y proxmox-mcp doctro", "one.md:4: proxmox-mcp has no command doctro"],
    [
      "sh",
      "true\nkubectl apply -f x",
      "one.md:5: kubectl is no program that a test can run here: mark the section, **Needs …**",
    ],
    ["sh", "echo 'open", "one.md:4: a ' is not closed"],
    ["", "proxmox-mcp lab [--prot PORT]", "one.md:4: proxmox-mcp lab has no option --prot"],
    ["powershell", "Get-VM", "one.md:4: PowerShell: mark the section, **Needs …**"],
    ["sh", "export PROXMOX_HSOT=pve1", "one.md:4: nothing reads PROXMOX_HSOT"],
    ["json", '{"env": {"PROXMOX_TOKEN": "x"}}', "one.md:4: nothing reads PROXMOX_TOKEN"],
    ["json", "{", /^one.md:4: cannot be read as json: /],
    ["yaml", "a: [1", /^one.md:4: cannot be read as yaml: /],
    ["toml", "a = ", /^one.md:4: cannot be read as toml: /],
    ["ini", "[Service]\nUser", "one.md:4: cannot be read as ini: User is neither a section nor an assignment"],
    ["env", "A B", "one.md:4: cannot be read as env: A B sets no variable"],
    ["js", "const = 1", /^one.md:4: cannot be read as js: /],
    ["ts", "// src/errors/none.ts\nconst a", "one.md:4: src/errors/none.ts does not exist"],
    ["ts", "// src/errors/index.ts\nconst none", "one.md:4: src/errors/index.ts does not hold this any more"],
    ["nginx", "server {", "one.md:4: cannot be read as nginx: its braces do not match"],
    ["jsno", "{}", "one.md:4: jsno is no language that is looked at (scripts/snippets/check-data.ts)"],
  ])("%s: %s", (language, text, fault) => {
    const { faults } = check(block(language, text));
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(
      fault instanceof RegExp ? fault : new RegExp(`^${fault.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}$`),
    );
  });

  test.each([
    ["Run `npm run no-such`.", "package.json has no script no-such"],
    ["Or `proxmox-mcp admin rotate|stats`.", "proxmox-mcp admin has no command stats"],
    ["Set `PROXMOX_MCP_ACCES`.", "nothing reads PROXMOX_MCP_ACCES"],
    ["Those of `PROXMOX_MPC_…`.", "nothing reads PROXMOX_MPC"],
    ["Call `proxmox_vm_lst`.", "there is no tool proxmox_vm_lst"],
    ["By `GET /nodes/{node}/qmu`.", "Proxmox has no operation GET /nodes/{node}/qmu"],
    ["In `src/pve/none.ts`.", "src/pve/none.ts does not exist"],
    ["```sh\ntrue\n", "the block does not end"],
  ])("in running text: %s", (text, fault) => {
    expect(check(text).faults.map((one) => one.replace(/^[^ ]+ /, ""))).toEqual([fault]);
  });
});

describe("what is let pass", () => {
  test.each([
    ["console", "$ npm run codegen -- --check\n661 operations"],
    ["console", "$ proxmox-mcp admin audit export --since 7d --format csv | head\n# qm list"],
    ["ts", "// src/errors/index.ts\nexport interface ErrorDetails {\n// …\n  readonly code: string;"],
    ["console", "$ node -p '\n$ none\n' > x\nsaid: 'open"],
    ["sh", "PROXMOX_MCP_ACCESS=read \\\n  npx -y proxmox-mcp doctor --json > report.json 2>&1"],
    ["sh", "proxmox-mcp admin policy test --cli qm --argv destroy 100"],
    ["json", '{"env": {"PROXMOX_API_TOKEN_SECRET_FILE": "/run/token"}}'],
    ["text", "$ kubectl is no command here, and PROXMOX_SHELL_SSH_… are many".replace("$", "")],
  ])("%s: %s", (language, text) => {
    expect(check(block(language, text)).faults).toEqual([]);
  });

  test("a mark excuses what cannot be run, in its section or, in the head, in all", () => {
    const text = block("sh", "kubectl apply -f x").replace("# One\n", "");
    expect(check(`# A\n\n## B\n\n**Needs Kubernetes.**\n${text}`).faults).toEqual([]);
    expect(check(`# A\n\n**Needs Kubernetes.**\n\n## B\n${text}`).faults).toEqual([]);
    expect(check(`# A\n\n## B\n\n**Needs Kubernetes.**\n\n## C\n${text}`).faults).toHaveLength(1);
    // It excuses no mistake of our own.
    expect(check(`**Needs a real host.**\n${block("sh", "proxmox-mcp doctro")}`).faults).toHaveLength(1);
  });
});

test("a script is taken apart as a shell does", () => {
  const words = (text: string) => commandsOf(text).map((one) => one.words);
  expect(words('a \'b c\' "d\\"e" f\\ g # h\ni && j | k; l > m 2>&1 < n')).toEqual([
    ["a", "b c", 'd\\"e', "f g"],
    ["i"],
    ["j"],
    ["k"],
    ["l"],
  ]);
  expect(commandsOf("X=1 Y=2 a\nb \\\n  c\nd")).toEqual([
    { line: 0, variables: ["X", "Y"], words: ["a"] },
    { line: 1, variables: [], words: ["b", "c"] },
    { line: 3, variables: [], words: ["d"] },
  ]);
  expect(words("a > $(b c).d e=$(f g)")).toEqual([["a", "e=$(f g)"]]);
  expect(words("cat <<'E'\nnpm run none\nE\na <node>")).toEqual([["cat"], ["a", "NODE"]]);
});
