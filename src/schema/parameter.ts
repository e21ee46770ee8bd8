import * as z from "zod";
import { always } from "./check.ts";
import type { Fact } from "./facts.ts";
import { listFault, valueFault } from "./value.ts";

/** A property string's value: PVE's text, or an object that is written as that text. */
export type PropertyValue = string | Readonly<Record<string, unknown>>;

type Text = string | number;

function judged<T>(fact: Fact): z.ZodCustom<T, T> {
  return z.custom<T>((value) => valueFault(fact, value) === undefined, {
    error: ({ input }) => valueFault(fact, input),
    // Later checks still run, so that one answer names all faults.
    abort: false,
  });
}

/** Text; a number counts as its digits. */
export const text = (fact: Fact = {}): z.ZodCustom<Text, Text> => judged({ type: "string", ...fact });

/** A whole number, or its digits as text. */
export const integer = (fact: Fact = {}): z.ZodCustom<Text, Text> => judged({ type: "integer", ...fact });

/** A number, or its digits as text. */
export const number = (fact: Fact = {}): z.ZodCustom<Text, Text> => judged({ type: "number", ...fact });

/** True or false, as such or as 1 and 0, numbers or text. */
export const boolean = (): z.ZodCustom<boolean | Text, boolean | Text> => judged({ type: "boolean" });

/** A list: PVE's separated text, or an array of its items. */
export const list = (fact: Fact): z.ZodCustom<Text | readonly Text[], Text | readonly Text[]> =>
  judged({ type: "string", ...fact });

/** A property string, as PVE's text or as an object. */
export const properties = (fact: Fact): z.ZodCustom<PropertyValue, PropertyValue> =>
  judged({ type: "string", ...fact });

/** A repeated parameter: an array, or one value alone. A fault's path ends in the item's index. */
export function array<T = Text | PropertyValue>(fact: Fact): z.ZodCustom<T | readonly T[], T | readonly T[]> {
  return z.custom<T | readonly T[]>().check(
    always<T | readonly T[]>((value, issues) => {
      const fault = listFault(fact, value);
      if (!fault) return;
      const path = fault.item === undefined ? [] : [fault.item];
      issues.push({ code: "custom", message: fault.message, path, input: value } as never);
    }),
  );
}
