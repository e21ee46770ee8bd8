import { mapTexts } from "./map-texts.ts";

/**
 * Characters that a person does not see and a model does: controls (but tab and line ends), zero-width and
 * bidirectional marks, tag characters, variation selectors, line separators and interlinear annotations.
 */
const INVISIBLE = /(?![\t\n\r])[\p{Cc}\p{Default_Ignorable_Code_Point}\u2028-\u202e\ufff9-\ufffb]/gu;

const LONE_SURROGATE = /\p{Surrogate}/gu;

/** Terminal colour and cursor sequences, removed as a whole before their parts are. */
const TERMINAL_SEQUENCE = /\u001b(?:\[[0-9;?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\-_])/g;

/** What most texts are, and what is told fast: ASCII without controls. */
const PLAIN = /^[\t\n\r\x20-\x7e]*$/;

/** Text from a guest or a log, without invisible characters; what can be seen stays as it is. */
export function cleanText(text: string): string {
  if (PLAIN.test(text)) return text;
  return text.replace(TERMINAL_SEQUENCE, "").replace(INVISIBLE, "").replace(LONE_SURROGATE, "\ufffd");
}

/** A JSON value with every text in it cleaned. */
export function cleanValue<T>(value: T): T {
  return mapTexts(value, cleanText);
}
