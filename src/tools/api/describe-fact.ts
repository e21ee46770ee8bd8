import type { Fact } from "../../schema/facts.ts";
import { defaultKeyOf, type Keys, propertyKeys } from "../../schema/property-string.ts";

/** Longer patterns say nothing to a reader. */
const LONGEST_PATTERN = 80;

/** What a value may be, in few words, as `integer 1..4094, default 1` or a property string's grammar. */
export function describeFact(fact: Fact): string {
  const keys = propertyKeys(fact);
  return [keys ? grammarOf(keys) : kindOf(fact), ...remarksOf(fact)].join(", ");
}

/** What an answer holds: its keys with their kinds; `?` marks those that may be missing. */
export function describeReturns(fact: Fact | undefined): unknown {
  if (fact === undefined || fact.type === "null") return "nothing";
  if (fact.type === "array") return fact.items === undefined ? "list" : [describeReturns(fact.items)];
  if (fact.properties === undefined) return describeFact(fact);
  return Object.fromEntries(
    Object.entries(fact.properties).map(([name, one]) => [
      one.optional ? `${name}?` : name,
      one.properties || one.items?.properties ? describeReturns(one) : describeFact(one),
    ]),
  );
}

function kindOf(fact: Fact): string {
  if (fact.enum) return fact.enum.join("|");
  if (fact.oneOf) return fact.oneOf.map(describeFact).join(" or ");
  if (fact.type === "array") return `list of ${fact.items ? describeFact(fact.items) : "anything"}`;
  const { pattern } = fact;
  const detail =
    fact.format ?? (pattern !== undefined && pattern.length <= LONGEST_PATTERN ? `/${pattern}/` : undefined);
  return [fact.type ?? "anything", rangeOf(fact), detail && `(${detail})`].filter(Boolean).join(" ");
}

function rangeOf({ minimum, maximum, minLength, maxLength }: Fact): string | undefined {
  const [least, most] = [minimum ?? minLength, maximum ?? maxLength];
  if (least === undefined && most === undefined) return undefined;
  const range = `${least ?? ""}..${most ?? ""}`;
  return minimum === undefined && maximum === undefined ? `of ${range} characters` : range;
}

function remarksOf(fact: Fact): string[] {
  return [
    ...(fact.default === undefined ? [] : [`default ${fact.default}`]),
    ...(fact.requires === undefined ? [] : [`needs ${fact.requires}`]),
    ...(fact.since === undefined ? [] : [`since ${fact.since}`]),
    ...(fact.until === undefined ? [] : [`until ${fact.until}`]),
    ...(fact.deprecated ? ["deprecated"] : []),
  ];
}

/** `[key=]<value>[,key=<value>]…`; the key that may stay away first, aliases left out. */
function grammarOf(keys: Keys): string {
  const bare = defaultKeyOf(keys);
  const names = Object.keys(keys).filter((name) => keys[name]!.alias === undefined && !keys[name]!.deprecated);
  const isOptional = (name: string) => keys[name]!.optional === true;
  const rank = (name: string) => (name === bare ? 0 : isOptional(name) ? 2 : 1);
  return names
    .sort((a, b) => rank(a) - rank(b))
    .map((name, index) => {
      const one = `${index === 0 ? "" : ","}${name === bare ? `[${name}=]` : `${name}=`}<${placeholderOf(keys[name]!)}>`;
      return isOptional(name) ? `[${one}]` : one;
    })
    .join("");
}

function placeholderOf(fact: Fact): string {
  if (fact.type === "boolean") return "0|1";
  if (fact.enum) return fact.enum.join("|");
  const range = rangeOf({ ...fact, minLength: undefined, maxLength: undefined } as Fact);
  if (fact.type === "integer" || fact.type === "number") return range ?? fact.type;
  return fact.format ?? "text";
}
