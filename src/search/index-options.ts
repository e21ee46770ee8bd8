import type { Options } from "minisearch";
import { hasSense, wordsOf } from "./words.ts";

/** One operation, or one tool, as it is indexed. */
export interface SearchDocument {
  /** Operation id, or name of a tool. */
  id: string;
  path: string;
  /** What its path ends with, and what its method does. */
  object: string;
  summary: string;
  /** What operators say of it beside its summary. */
  words: string;
  /** Commands that do the same. */
  commands: string;
  /** Names of its parameters. */
  parameters: string;
}

/** How the index is built and read; both sides have to agree. */
export const INDEX_OPTIONS: Options<SearchDocument> = {
  fields: ["path", "object", "summary", "words", "commands", "parameters"],
  tokenize: wordsOf,
  processTerm: (term) => term,
  searchOptions: {
    boost: { path: 1, object: 1.5, summary: 2, words: 1, commands: 1, parameters: 0.5 },
    boostTerm: (term) => (hasSense(term) ? 0.3 : 1),
    prefix: (term) => term.length >= 4 && !term.startsWith("="),
    fuzzy: (term) => (term.length >= 6 && !term.startsWith("=") ? 0.2 : false),
    weights: { prefix: 0.5, fuzzy: 0.3 },
  },
};
