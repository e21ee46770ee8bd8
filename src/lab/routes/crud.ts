import { die } from "../refusal.ts";
import {
  checkConfig,
  deleteOptions,
  guarded,
  type Options,
  type Section,
  type SectionConfig,
  splitList,
  storable,
} from "../state/section-config.ts";
import { type Call, may, type Route, text } from "./route.ts";

/** How the sections of one configuration file are offered: paths, names, texts. */
export interface Crud {
  path: string;
  /** Name of the id, as a parameter. */
  id: string;
  /** Name under which answers give it; the same when absent. */
  shown?: string;
  config: (call: Call) => SectionConfig;
  /** Options by type of section. */
  types: Readonly<Record<string, Options>>;
  /** The only type there is. */
  type?: string;
  /** Where POST goes when the id is part of its path. */
  createAtId?: true;
  texts: {
    exists: (id: string) => string;
    missing: (id: string) => string;
    missingOnUpdate?: (id: string) => string;
    /** Absent: deleting what is not there is fine. */
    missingOnDelete?: (id: string) => string;
    create?: string;
    update?: string;
    delete?: string;
  };
  /** Whether the caller may see an entry of a list; any of the privileges on the path. */
  visible?: { path: (id: string) => string; any: readonly string[] };
  /** Checks, and what a section gets besides what was given. */
  settle?: (call: Call, id: string, section: Section, old: Section | undefined) => void;
  /** Refuses a removal. */
  release?: (call: Call, id: string) => void;
  /** Where a lock of another kind guards writes. */
  lock?: <T>(call: Call, prefix: string, work: () => T) => T;
  /** How an entry is given out; with its id and digest when absent. */
  show?: (call: Call, id: string, section: Section, digest: string) => Section;
}

function locked<T>(crud: Crud, call: Call, prefix: string | undefined, work: () => T): T {
  return crud.lock ? crud.lock(call, prefix ?? "", work) : guarded(prefix ?? "", work);
}

function shown(crud: Crud, call: Call, id: string, section: Section, digest: string): Section {
  return crud.show ? crud.show(call, id, section, digest) : { ...section, [crud.shown ?? crud.id]: id, digest };
}

function list(crud: Crud, call: Call): Section[] {
  const config = crud.config(call);
  const type = text(call, "type");
  return config.ids
    .filter((id) => !crud.visible || crud.visible.any.some((privilege) => may(call, crud.visible!.path(id), privilege)))
    .map((id) => [id, config.get(id)!] as const)
    .filter(([, section]) => type === undefined || section.type === type)
    .map(([id, section]) => shown(crud, call, id, section, config.digest));
}

function read(crud: Crud, call: Call): Section {
  const id = text(call, crud.id) ?? "";
  const config = crud.config(call);
  const section = config.get(id);
  if (!section) throw die(crud.texts.missing(id));
  return shown(crud, call, id, section, config.digest);
}

/** What was given of a section's own values. */
function given(crud: Crud, call: Call, operation: string): Section {
  const { [crud.id]: _, type: __, digest: ___, delete: ____, "lock-token": _____, ...rest } = call.params;
  return storable(operation, rest);
}

function create(crud: Crud, call: Call, operation: string): null {
  const id = text(call, crud.id) ?? "";
  const type = crud.type ?? text(call, "type") ?? "";
  const values = given(crud, call, operation);
  const section = checkConfig(type, crud.types[type], values, true);
  locked(crud, call, crud.texts.create, () => {
    const config = crud.config(call);
    if (config.has(id)) throw die(crud.texts.exists(id));
    crud.settle?.(call, id, section, undefined);
    config.set(id, section);
  });
  return null;
}

function update(crud: Crud, call: Call, operation: string): null {
  const id = text(call, crud.id) ?? "";
  locked(crud, call, crud.texts.update, () => {
    const config = crud.config(call);
    config.assertUnmodified(call.params.digest);
    const old = config.get(id);
    if (!old) throw die((crud.texts.missingOnUpdate ?? crud.texts.missing)(id));
    const type = String(old.type);
    const table = crud.types[type] ?? {};
    const values = given(crud, call, operation);
    checkConfig(type, table, values, false);
    const section: Section = { ...old };
    deleteOptions(section, table, values, splitList(call.params.delete));
    Object.assign(section, values);
    crud.settle?.(call, id, section, old);
    config.set(id, section);
  });
  return null;
}

function remove(crud: Crud, call: Call): null {
  const id = text(call, crud.id) ?? "";
  locked(crud, call, crud.texts.delete, () => {
    const config = crud.config(call);
    if (!config.has(id) && crud.texts.missingOnDelete) throw die(crud.texts.missingOnDelete(id));
    crud.release?.(call, id);
    config.delete(id);
  });
  return null;
}

/** List, look up, create, change and remove the sections of a configuration file. */
export function crudRoutes(crud: Crud): Route[] {
  const one = `${crud.path}/{${crud.id}}`;
  const post = `POST ${crud.createAtId ? one : crud.path}`;
  return [
    { id: `GET ${crud.path}`, run: (call) => ({ data: list(crud, call) }) },
    { id: `GET ${one}`, run: (call) => ({ data: read(crud, call) }) },
    { id: post, writes: true, run: (call) => ({ data: create(crud, call, post) }) },
    { id: `PUT ${one}`, writes: true, run: (call) => ({ data: update(crud, call, `PUT ${one}`) }) },
    { id: `DELETE ${one}`, writes: true, run: (call) => ({ data: remove(crud, call) }) },
  ];
}

/** A directory's fixed answer. */
export function directory(path: string, key: string, names: string): Route {
  const data = names.split(" ").map((name) => ({ [key]: name }));
  return { id: `GET ${path}`, run: () => ({ data }) };
}
