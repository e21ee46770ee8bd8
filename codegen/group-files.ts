import { IndentationText, NewLineKind, Project, type SourceFile } from "ts-morph";
import type { OperationIr } from "./ir.ts";

/** A ts-morph project that never touches the disk. */
export function newProject(): Project {
  return new Project({
    useInMemoryFileSystem: true,
    manipulationSettings: { indentationText: IndentationText.TwoSpaces, newLineKind: NewLineKind.LineFeed },
  });
}

/** The text of a generated file, with one newline at its end. */
export const textOf = (file: SourceFile): string => `\n${file.getFullText().trim()}\n`;

/** Operations by group, groups sorted, operations in their order. */
export function byGroup(operations: readonly OperationIr[]): Map<string, OperationIr[]> {
  const groups = new Map<string, OperationIr[]>();
  for (const operation of operations) groups.set(operation.group, [...(groups.get(operation.group) ?? []), operation]);
  return new Map([...groups].sort(([a], [b]) => (a < b ? -1 : 1)));
}
