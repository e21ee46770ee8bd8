/** Characters of an input that whoever consents is shown. */
const SHOWN_INPUT = 600;

/** What goes into a command may be a script, and is masked elsewhere: whoever consents has to see it. */
export function inputNotes(stdin: string | undefined): string[] {
  if (stdin === undefined || stdin === "") return [];
  const begins = stdin.length > SHOWN_INPUT ? `of ${stdin.length} characters begins with` : "is";
  return [`Its standard input ${begins} ${JSON.stringify(stdin.slice(0, SHOWN_INPUT))}.`];
}
