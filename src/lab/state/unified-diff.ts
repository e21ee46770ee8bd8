/** Lines around a change that a hunk shows. */
const CONTEXT = 3;

type Edit = { kind: " " | "-" | "+"; line: string };

function linesOf(text: string): string[] {
  return text === "" ? [] : text.replace(/\n$/, "").split("\n");
}

/** The shortest way from one list of lines to another, removals before additions. */
function edits(before: readonly string[], after: readonly string[]): Edit[] {
  const rows = before.length;
  const columns = after.length;
  const longest = Array.from({ length: rows + 1 }, () => new Uint32Array(columns + 1));
  for (let row = rows - 1; row >= 0; row -= 1)
    for (let column = columns - 1; column >= 0; column -= 1)
      longest[row]![column] =
        before[row] === after[column]
          ? longest[row + 1]![column + 1]! + 1
          : Math.max(longest[row + 1]![column]!, longest[row]![column + 1]!);
  const result: Edit[] = [];
  let row = 0;
  let column = 0;
  while (row < rows || column < columns) {
    if (row < rows && column < columns && before[row] === after[column]) {
      result.push({ kind: " ", line: before[row]! });
      row += 1;
      column += 1;
    } else if (row < rows && (column >= columns || longest[row + 1]![column]! >= longest[row]![column + 1]!)) {
      result.push({ kind: "-", line: before[row]! });
      row += 1;
    } else {
      result.push({ kind: "+", line: after[column]! });
      column += 1;
    }
  }
  return result;
}

function range(start: number, count: number): string {
  return count === 1 ? String(start) : `${count === 0 ? start - 1 : start},${count}`;
}

/** The difference of two texts as `diff -u` prints it, without its two head lines; empty when they are equal. */
export function unifiedDiff(before: string, after: string): string {
  const all = edits(linesOf(before), linesOf(after));
  const changed = all.flatMap((edit, index) => (edit.kind === " " ? [] : [index]));
  const hunks: { from: number; to: number }[] = [];
  for (const index of changed) {
    const last = hunks.at(-1);
    if (last && index - CONTEXT <= last.to + 1) last.to = index + CONTEXT;
    else hunks.push({ from: index - CONTEXT, to: index + CONTEXT });
  }
  let text = "";
  let next = 0;
  let oldLine = 1;
  let newLine = 1;
  const pass = (until: number): Edit[] => {
    const part = all.slice(next, until);
    next = Math.max(next, until);
    return part;
  };
  const advance = (part: readonly Edit[]): void => {
    for (const { kind } of part) {
      if (kind !== "+") oldLine += 1;
      if (kind !== "-") newLine += 1;
    }
  };
  for (const { from, to } of hunks) {
    advance(pass(Math.max(0, from)));
    const part = pass(Math.min(all.length, to + 1));
    const olds = part.filter(({ kind }) => kind !== "+").length;
    const news = part.filter(({ kind }) => kind !== "-").length;
    text += `@@ -${range(oldLine, olds)} +${range(newLine, news)} @@\n`;
    for (const { kind, line } of part) text += `${kind}${line}\n`;
    advance(part);
  }
  return text;
}
