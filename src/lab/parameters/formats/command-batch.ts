const ORIGIN = "at /usr/share/perl5/PVE/API2/Nodes.pm line 99.";
const MISSING = "property is missing and it is not optional";
const METHODS = ["GET", "POST", "PUT", "DELETE"];
/** A JSON value that could stand in front of something that does not belong there. */
const SCALAR = /^[ \t\r\n]*(?:-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|true|false|null|"(?:[^"\\]|\\.)*")/;

const WORDS: Readonly<Record<string, string>> = { t: "true", f: "false", n: "null" };

/** A text as the server's JSON parser shows it. */
function shown(text: string): string {
  if (text === "") return "(end of string)";
  return text.replace(/\\|[^ -~]/gu, (char) => {
    if (char === "\\") return "\\\\";
    return char === "\n" ? "\\n" : `\\x{${char.codePointAt(0)!.toString(16)}}`;
  });
}

/** What the server's JSON parser says about a text that is none. */
function complaint(text: string): string {
  const scalar = SCALAR.exec(text)?.[0];
  const start = text.length - text.replace(/^[ \t\r\n]+/, "").length;
  const tell = (problem: string, at: number): string =>
    `${problem}, at character offset ${at} (before "${shown(text.slice(at))}")`;
  if (scalar !== undefined) {
    const leading = /^[ \t\r\n]*-?0$/.test(scalar) && /^[0-9]/.test(text.slice(scalar.length));
    return tell(
      leading ? "malformed number (leading zero must not be followed by another digit)" : "garbage after JSON object",
      scalar.length,
    );
  }
  const word = WORDS[text[start] ?? ""];
  if (word !== undefined) return tell(`'${word}' expected`, start);
  if (text[start] === "-") return tell("malformed number (no digits after initial minus)", start + 1);
  return tell("malformed JSON string, neither tag, array, object, number, string or atom", start);
}

function checkCommand(command: unknown, path: string): [string, string][] {
  if (typeof command !== "object" || command === null || Array.isArray(command))
    return [[path, "type check ('object') failed"]];
  const { path: target, method, args } = command as Record<string, unknown>;
  const wrong: [string, string][] = [];
  for (const [name, value] of Object.entries({ path: target, method })) {
    if (value === undefined || value === null) wrong.push([`${path}.${name}`, MISSING]);
    else if (typeof value !== "string" && typeof value !== "number")
      wrong.push([
        `${path}.${name}`,
        `type check ('string') failed - got ${Array.isArray(value) ? "ARRAY" : typeof value === "boolean" ? "JSON::PP::Boolean" : "HASH"}`,
      ]);
    else if (name === "method" && !METHODS.includes(String(value)))
      wrong.push([
        `${path}.${name}`,
        `value '${value}' does not have a value in the enumeration '${METHODS.join(", ")}'`,
      ]);
  }
  if (args !== undefined && args !== null && (typeof args !== "object" || Array.isArray(args)))
    wrong.push([`${path}.args`, "type check ('object') failed"]);
  return wrong;
}

/** `pve-command-batch`: ASCII text of a JSON array of `{path, method, args?}`. */
export function checkCommandBatch(text: string): string | undefined {
  let commands: unknown;
  try {
    if (!/^[\x00-\x7f]*$/.test(text)) throw new SyntaxError();
    commands = JSON.parse(text);
  } catch {
    return `commands param did not contain valid JSON: ${complaint(text)} ${ORIGIN}\n`;
  }
  const wrong: [string, string][] = Array.isArray(commands)
    ? commands.flatMap((command, index) => checkCommand(command, `[${index}]`))
    : [["_root", commands === null ? MISSING : "type check ('array') failed"]];
  if (wrong.length === 0) return undefined;
  const lines = wrong.map(([path, problem]) => `${path}: ${problem}\n`).join("");
  return `commands is not a valid array of commands: 400 Parameter verification failed.\n${lines}`;
}
