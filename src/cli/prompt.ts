import { createInterface } from "node:readline/promises";
import type { ReadStream } from "node:tty";

/** Asks for a secret at the terminal, without an echo; undefined where there is no terminal. */
export async function askSecret(
  question: string,
  { stdin, stderr }: Pick<NodeJS.Process, "stdin" | "stderr"> = process,
): Promise<string | undefined> {
  if (!stdin.isTTY) return undefined;
  const terminal = stdin as ReadStream;
  // Before the question: who answers at once must not be echoed either.
  terminal.setRawMode(true);
  stderr.write(question);
  terminal.resume();
  terminal.setEncoding("utf8");
  try {
    return await new Promise<string>((resolve, reject) => {
      let text = "";
      const done = (end: () => void): void => {
        terminal.off("data", onData);
        end();
      };
      const onData = (chunk: string): void => {
        for (const char of chunk) {
          if (char === "\r" || char === "\n") done(() => resolve(text));
          else if (char === "\u0003" || char === "\u0004") done(() => reject(new Error("It was called off.")));
          else text = char === "\u007f" || char === "\b" ? [...text].slice(0, -1).join("") : text + char;
          if (/[\r\n\u0003\u0004]/.test(char)) return;
        }
      };
      terminal.on("data", onData);
    });
  } finally {
    terminal.setRawMode(false);
    terminal.pause();
    stderr.write("\n");
  }
}

/** Asks a question to be answered by `yes`; no where there is no terminal. */
export async function askYes(question: string): Promise<boolean> {
  const { stdin, stderr } = process;
  if (!stdin.isTTY) return false;
  const lines = createInterface({ input: stdin, output: stderr });
  try {
    return /^y(es)?$/i.test((await lines.question(`${question} [yes/no] `)).trim());
  } finally {
    lines.close();
  }
}

let rest: Promise<string> | undefined;

/** The first line of standard input, which is read once. */
export async function secretFromInput(): Promise<string> {
  rest ??= (async () => {
    const chunks: Buffer[] = [];
    for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks).toString("utf8");
  })();
  return (await rest).split(/\r?\n/)[0]!;
}
