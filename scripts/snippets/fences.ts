/** One fenced block of a document. */
export interface Fence {
  file: string;
  /** Line of its first line of text, from 1. */
  line: number;
  language: string;
  text: string;
  /** It is said to need something that no test has, such as a real host. */
  excused: boolean;
}

/** The mark by which a section, or the head of a document, says what its commands need: `**Needs a real host.**` */
const MARK = /\*\*Needs [^*\n]+\*\*/;

/** All fenced blocks of a document. A mark holds for the blocks after it in its section; in the head, for all. */
export function fencesOf(file: string, text: string): Fence[] {
  const fences: Fence[] = [];
  let open: { mark: string; indent: number; fence: Fence } | undefined;
  let isHead = true;
  let inHead = false;
  let inSection = false;
  for (const [index, row] of text.split("\n").entries()) {
    const [, indent = "", mark, info = ""] = /^(\s*)(`{3,}|~{3,})\s*(.*)$/.exec(row) ?? [];
    if (open) {
      if (mark?.startsWith(open.mark) && info === "") {
        fences.push(open.fence);
        open = undefined;
      } else open.fence.text += `${row.slice(Math.min(open.indent, row.length - row.trimStart().length))}\n`;
    } else if (mark) {
      const excused = inHead || inSection;
      const fence = { file, line: index + 2, language: info.split(/\s/)[0]!.toLowerCase(), text: "", excused };
      open = { mark, indent: indent.length, fence };
    } else {
      if (/^#{2,6} /.test(row)) {
        isHead = false;
        inSection = false;
      }
      if (MARK.test(row)) {
        inHead ||= isHead;
        inSection = true;
      }
    }
  }
  if (open) fences.push({ ...open.fence, language: "unclosed" });
  return fences;
}
