import { FIREWALL } from "./formats/firewall.ts";
import { GUESTS } from "./formats/guest.ts";
import { IDENTIFIERS } from "./formats/identifiers.ts";
import { NETWORK } from "./formats/network.ts";
import { STORAGES } from "./formats/storage.ts";
import { faultOf, type TextFormat } from "./formats/text-format.ts";
import { splitList } from "./text.ts";

const TEXT_FORMATS: ReadonlyMap<string, TextFormat> = new Map(
  [IDENTIFIERS, NETWORK, STORAGES, FIREWALL, GUESTS].flatMap((table) => Object.entries(table)),
);

/** Whether a format takes a list of items, so that an array may stand for it. */
export function isListFormat(format: string | undefined): boolean {
  return format?.endsWith("-list") ?? false;
}

/**
 * The fault of a value under a named text format, in plain words, or nothing; a format without a written rule
 * accepts. Object formats are those of `property-string.ts`.
 */
export function textFormatFault(format: string, value: string): string | undefined {
  const known = TEXT_FORMATS.get(format);
  if (known) return faultOf(known, value);
  if (format.endsWith("-list")) {
    const item = format.slice(0, -"-list".length);
    for (const [index, entry] of splitList(value).entries()) {
      const fault = textFormatFault(item, entry);
      if (fault !== undefined) return `item ${index + 1}: ${fault}`;
    }
    return undefined;
  }
  if (format.endsWith("-opt") && value !== "" && value !== "0") {
    return textFormatFault(format.slice(0, -"-opt".length), value);
  }
  return undefined;
}
