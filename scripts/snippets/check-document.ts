import { ALL_VARIABLES } from "../../src/config/all-variables.ts";
import { faultOf } from "./check-command.ts";
import { READERS } from "./check-data.ts";
import { type Fence, fencesOf } from "./fences.ts";
import { type Known, unknownVariables } from "./known.ts";
import { commandsOf, ShellSyntaxError } from "./shell-words.ts";

const SHELL = new Set(["sh", "bash", "console", "shell"]);

/** What one document has, and what is wrong with it, a line each. */
interface Verdict {
  blocks: number;
  commands: number;
  faults: string[];
}

/** Looks at every fenced block, at commands in running text, and at every name of a variable. */
export function checkDocument(file: string, text: string, known: Known): Verdict {
  const fences = fencesOf(file, text);
  const verdict: Verdict = { blocks: fences.length, commands: 0, faults: [] };
  for (const fence of fences) checkFence(fence, known, verdict);
  checkProse(file, text, fences, known, verdict);
  const all = Object.keys(ALL_VARIABLES);
  for (const [index, row] of text.split("\n").entries()) {
    for (const name of unknownVariables(row, known, all))
      verdict.faults.push(`${file}:${index + 1}: nothing reads ${name}`);
  }
  return verdict;
}

function checkFence(fence: Fence, known: Known, verdict: Verdict): void {
  const { file, line, language, text, excused } = fence;
  const isShell = SHELL.has(language);
  const fault = isShell ? undefined : (excerptFault(text, known) ?? languageFault(fence));
  if (fault) verdict.faults.push(`${file}:${line}: ${fault}`);
  if (!isShell && language !== "" && language !== "text") return;
  const isConsole = language === "console" || /^\$ /m.test(text);
  if (isConsole && /^PS> /m.test(text) && !excused) verdict.faults.push(`${file}:${line}: ${POWERSHELL}`);
  try {
    for (const { line: at, words } of commandsOf(isConsole ? prompted(text) : isShell ? text : ownLines(text))) {
      verdict.commands++;
      const wrong = faultOf(words, known, excused);
      if (wrong) verdict.faults.push(`${file}:${line + at}: ${wrong}`);
    }
  } catch (error) {
    if (!(error instanceof ShellSyntaxError)) throw error;
    verdict.faults.push(`${file}:${line}: ${error.message}`);
  }
}

const POWERSHELL = "PowerShell: mark the section, **Needs …**";

/** A block that begins with the path of a file, as a comment, is a part of it; `// …` stands for what is left out. */
const EXCERPT = /^\/\/ ((?:src|tests|scripts|codegen)\/[\w./-]+)\n/;

function excerptFault(text: string, known: Known): string | undefined {
  const [head, path] = EXCERPT.exec(text) ?? [];
  if (head === undefined) return undefined;
  if (!known.isFile(path!)) return `${path} does not exist`;
  const source = known.read(path!);
  let from = 0;
  for (const part of text.slice(head.length).split("// …\n")) {
    const at = source.indexOf(part.trimEnd(), from);
    if (at === -1) return `${path} does not hold this any more`;
    from = at + part.length;
  }
  return undefined;
}

/** What keeps a block that is no shell's from being read. */
function languageFault({ language, text, excused }: Fence): string | undefined {
  if (EXCERPT.test(text)) return undefined;
  if (language === "unclosed") return "the block does not end";
  if (language === "powershell") return excused ? undefined : POWERSHELL;
  const read = READERS[language];
  if (!read) return `${language} is no language that is looked at (scripts/snippets/check-data.ts)`;
  const fault = read(text);
  return fault && `cannot be read as ${language}: ${fault}`;
}

/** The lines of plain text that are commands of this project; `|` separates choices there. */
function ownLines(text: string): string {
  const ours = /^(npm (run|test|ci)|npx |proxmox-mcp )/;
  return text.replace(/^.*$/gm, (row) => (ours.test(row) ? row.replaceAll("|", "/") : ""));
}

/** The commands of a terminal's text: those of `$`, with the lines that go on with them. `#` is root on a host. */
export function prompted(text: string): string {
  let goesOn = false;
  let quotes = 0;
  return text
    .split("\n")
    .map((row) => {
      const isCommand = row.startsWith("$ ") && !goesOn;
      const shown = isCommand ? row.slice(2) : goesOn ? row.replace(/^> /, "") : "";
      // A line goes on after a backslash, and as long as a quote is open.
      quotes = (goesOn ? quotes : 0) + shown.split("'").length - 1;
      goesOn = (isCommand || goesOn) && (shown.endsWith("\\") || quotes % 2 === 1);
      return shown;
    })
    .join("\n");
}

/** `npm run …` and `proxmox-mcp …` in running text; `A|B` there means either. */
function checkProse(file: string, text: string, fences: readonly Fence[], known: Known, verdict: Verdict): void {
  const inFence = new Set(fences.flatMap(({ line, text: body }) => body.split("\n").map((_, index) => line + index)));
  for (const [index, row] of text.split("\n").entries()) {
    if (inFence.has(index + 1)) continue;
    for (const [, code] of row.matchAll(/`([^`]+)`/g)) {
      const fault = nameFault(code!, known);
      if (fault) verdict.faults.push(`${file}:${index + 1}: ${fault}`);
    }
    for (const [, code] of row.matchAll(/`((?:npm (?:run|test)|npx|proxmox-mcp) ?[^`]*)`/g)) {
      for (const either of alternatives(code!.replaceAll("\\|", "|"))) {
        verdict.commands++;
        for (const { words } of commandsOf(either)) {
          const fault = faultOf(words, known, false);
          if (fault) verdict.faults.push(`${file}:${index + 1}: ${fault}`);
        }
      }
    }
  }
}

/** What is wrong with a name of a tool, of a file, or with an operation such as `GET /nodes/{node}/qemu`. */
function nameFault(code: string, known: Known): string | undefined {
  if (/^(proxmox_\w*|job_)[a-z]+$/.test(code) && !known.isTool(code)) return `there is no tool ${code}`;
  if (/^(src|scripts|codegen|templates|tests|vendor|generated|deploy)\/[\w./-]+$/.test(code) && !known.isFile(code)) {
    return `${code} does not exist`;
  }
  const [, method, path] = /^(GET|POST|PUT|DELETE) (\/[\w/{}.:-]+)$/.exec(code) ?? [];
  return method && !known.isOperation(method, path!) ? `Proxmox has no operation ${code}` : undefined;
}

function alternatives(code: string): string[] {
  const words = code.split(" ");
  const at = words.findIndex(
    (word) => /^[a-z]+(\|[a-z]+)+$/.test(word) && !words[words.indexOf(word) - 1]?.startsWith("-"),
  );
  if (at === -1) return [code.replaceAll("|", "/")];
  return words[at]!.split("|").map((one) => [...words.slice(0, at), one, ...words.slice(at + 1)].join(" "));
}
