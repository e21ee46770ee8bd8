/** One simple command of a line: what it sets, what it runs, with which arguments. */
interface ShellCommand {
  /** Line in the block, from 0. */
  line: number;
  variables: string[];
  words: string[];
}

/** Thrown for a line that no shell would take. */
export class ShellSyntaxError extends Error {}

/** The commands of a script. Knows what documents use: quotes, comments, continued lines, pipes, lists, redirections. */
export function commandsOf(text: string): ShellCommand[] {
  // What the reader puts in is a word like any other: <node>.
  const script = text.replace(/<([a-z][\w -]*)>/g, (_, name: string) => name.toUpperCase().replaceAll(" ", "_"));
  const commands: ShellCommand[] = [];
  let words: string[] = [];
  let line = 0;
  let begun = 0;
  let word: string | undefined;
  let skipsNext = false;
  const endWord = () => {
    if (word !== undefined && !skipsNext) {
      if (words.length === 0) begun = line;
      words.push(word);
    }
    if (word !== undefined) skipsNext = false;
    word = undefined;
  };
  const endCommand = () => {
    endWord();
    const first = words.findIndex((one) => !/^[A-Za-z_]\w*=/.test(one));
    const at = first === -1 ? words.length : first;
    const variables = words.slice(0, at).map((one) => one.split("=")[0]!);
    if (words.length > 0) commands.push({ line: begun, variables, words: words.slice(at) });
    words = [];
  };
  for (let at = 0; at < script.length; at++) {
    const rest = script.slice(at);
    const char = script[at]!;
    if (char === "\\") {
      if (script[at + 1] === "\n") line++;
      else word = (word ?? "") + (script[at + 1] ?? "");
      at++;
    } else if (char === "'" || char === '"') {
      const end = closing(script, at);
      word = (word ?? "") + script.slice(at + 1, end);
      line += script.slice(at, end).split("\n").length - 1;
      at = end;
    } else if (rest.startsWith("$(")) {
      // What another command says is one word here; what is in it is not looked at.
      const end = script.indexOf(")", at);
      if (end === -1) throw new ShellSyntaxError("a $( is not closed");
      word = (word ?? "") + script.slice(at, end + 1);
      at = end;
    } else if (char === "#" && word === undefined) {
      const end = script.indexOf("\n", at);
      at = (end === -1 ? script.length : end) - 1;
    } else if (rest.startsWith("<<")) {
      const [all = "", , tag = ""] = /^<<-?\s*(['"]?)(\w+)\1/.exec(rest) ?? [];
      const begin = script.indexOf("\n", at);
      const end = script.indexOf(`\n${tag}\n`, begin - 1);
      if (all === "" || end === -1) throw new ShellSyntaxError("a here-document does not end");
      endCommand();
      line += script.slice(at, end + tag.length + 1).split("\n").length - 1;
      at = end + tag.length;
    } else if (/^\d?>>?&?|^<|^&>/.test(rest) && !(/^\d/.test(rest) && word !== undefined)) {
      const [sign = ""] = /^\d?>>?&?|^<|^&>/.exec(rest)!;
      endWord();
      skipsNext = true;
      at += sign.length - 1;
    } else if (/[|&;]/.test(char) || char === "\n") {
      endCommand();
      if (char === "\n") line++;
    } else if (/\s/.test(char)) endWord();
    else word = (word ?? "") + char;
  }
  endCommand();
  return commands;
}

function closing(script: string, from: number): number {
  const quote = script[from]!;
  for (let at = from + 1; at < script.length; at++) {
    if (quote === '"' && script[at] === "\\") at++;
    else if (script[at] === quote) return at;
  }
  throw new ShellSyntaxError(`a ${quote} is not closed`);
}
