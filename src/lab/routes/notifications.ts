import { Refusal } from "../refusal.ts";
import { ENDPOINT_TYPES, type NotificationState } from "../state/notification.ts";
import { type Section, splitList, storable } from "../state/section-config.ts";
import { directory } from "./crud.ts";
import { type Call, may, type Route, text } from "./route.ts";

const ROOT = "/cluster/notifications";

/** Values that are kept apart and never given out, by kind. */
const SECRET: Readonly<Record<string, string>> = { gotify: "token", smtp: "password", webhook: "secret" };

function stateOf(call: Call): NotificationState {
  return call.state.datacenter.notifications;
}

function nameOf(call: Call): string {
  return text(call, "name") ?? "";
}

/** Secrets of a webhook are listed without their values. */
function secretNames(values: unknown): string[] {
  return splitList(values).filter((part) => part.startsWith("name="));
}

function shown(state: NotificationState, name: string): Section {
  const { type, ...values } = state.config.get(name)!;
  const secrets = type === "webhook" ? secretNames(state.secrets.get(name)?.secret) : [];
  return { ...values, name, origin: state.origin(name), ...(secrets.length > 0 ? { secret: secrets } : {}) };
}

function find(state: NotificationState, type: string, name: string): Section {
  const section = state.config.get(name);
  if (section?.type !== type)
    throw new Refusal(404, `${type === "matcher" ? "matcher" : "endpoint"} '${name}' not found`);
  return section;
}

/** Splits what was given into open and secret values. */
function valuesOf(call: Call, type: string, operation: string): { open: Section; secret: Section } {
  const { name: _, digest: __, delete: ___, ...rest } = call.params;
  const { [SECRET[type] ?? ""]: hidden, ...open } = storable(operation, rest);
  return { open, secret: hidden === undefined ? {} : { [SECRET[type]!]: hidden } };
}

function check(state: NotificationState, type: string, section: Section): void {
  if (type === "matcher")
    for (const target of splitList(section.target))
      if (!state.isEndpoint(target)) throw new Refusal(404, `endpoint '${target}' does not exist`);
  if ((type === "sendmail" || type === "smtp") && !section.mailto && !section["mailto-user"])
    throw new Refusal(400, "must at least provide one recipient, either in mailto or in mailto-user");
}

const SEVERITIES = new Set(["info", "notice", "warning", "error", "unknown"]);

/** What a matcher's statement is refused for, as the reader of its parameters words it. */
function statementProblem(section: Section): string | undefined {
  for (const list of (section["match-severity"] as string[] | undefined) ?? [])
    for (const item of list.split(",")) if (!SEVERITIES.has(item.trim())) return `invalid severity ${item.trim()}`;
  for (const statement of (section["match-field"] as string[] | undefined) ?? [])
    if (!/^(?:exact|regex):[A-Za-z0-9_][A-Za-z0-9._-]*=/.test(statement))
      return `could not apply filter: invalid match-field statement: ${statement}`;
  return undefined;
}

/** Statements as they are written back. */
function normalStatements(section: Section): void {
  const trim = (value: string): string =>
    value
      .split(",")
      .map((item) => item.trim())
      .join(",");
  if (section["match-severity"]) section["match-severity"] = (section["match-severity"] as string[]).map(trim);
  if (section["match-field"])
    section["match-field"] = (section["match-field"] as string[]).map((statement) => {
      const [, head = "", values = ""] = /^(exact:[^=]*=)(.*)$/s.exec(statement) ?? [];
      return head === "" ? statement : head + trim(values);
    });
}

/** Names that may be deleted, by kind. */
const DELETABLE: Readonly<Record<string, string>> = {
  gotify: "comment disable",
  matcher: "comment disable invert-match match-calendar match-field match-severity mode target",
  sendmail: "author comment disable from-address mailto mailto-user",
  smtp: "author comment disable mailto mailto-user password port username",
  webhook: "comment disable header body secret",
};

function checkDeletions(type: string, names: readonly string[]): void {
  const known = DELETABLE[type]!.split(" ");
  const unknown = names.find((name) => !known.includes(name));
  if (unknown === undefined) return;
  const words = known.map((name) => `\`${name}\``);
  const expected = words.length === 2 ? words.join(" or ") : `one of ${words.join(", ")}`;
  throw new Refusal(500, `unknown variant \`${unknown}\`, expected ${expected}`);
}

function pairOf(item: string): { name: string; value: string | undefined } {
  return { name: /(?:^|,)name=([^,]*)/.exec(item)?.[1] ?? "", value: /(?:^|,)value=([^,]*)/.exec(item)?.[1] };
}

function checkPair(what: string, item: string): void {
  const { name, value } = pairOf(item);
  if (value !== undefined && !/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(value))
    throw new Refusal(400, `${what} '${name}' does not have valid base64 encoded data`);
}

/** Headers and secrets of a webhook that is changed: a secret that is only named stays as it is. */
function mergePairs(open: Section, secret: Section, old: Section): void {
  for (const header of (open.header as string[] | undefined) ?? []) {
    const { name, value } = pairOf(header);
    if (value === undefined) throw new Refusal(400, `header '${name}' has empty value`);
    checkPair("header", header);
  }
  if (secret.secret === undefined) return;
  const known = (old.secret as string[] | undefined) ?? [];
  const names = new Set<string>();
  secret.secret = (secret.secret as string[]).map((item) => {
    const { name, value } = pairOf(item);
    checkPair("secret", item);
    const kept = value === undefined ? known.find((other) => pairOf(other).name === name) : item;
    if (kept === undefined) throw new Refusal(400, `secret '${name}' not known`);
    if (names.has(name)) throw new Refusal(400, `secret '${name}' defined multiple times`);
    names.add(name);
    return kept;
  });
}

function create(call: Call, type: string, operation: string): null {
  const state = stateOf(call);
  const name = nameOf(call);
  const { open, secret } = valuesOf(call, type, operation);
  const problem = statementProblem(open);
  if (problem !== undefined) throw new Refusal(500, problem);
  normalStatements(open);
  if (state.config.has(name))
    throw new Refusal(400, `Cannot create '${name}', an entity with the same name already exists`);
  check(state, type, open);
  state.config.set(name, { type, ...open });
  if (Object.keys(secret).length > 0) state.secrets.set(name, secret);
  return null;
}

function update(call: Call, type: string, operation: string): null {
  const state = stateOf(call);
  const name = nameOf(call);
  const { open, secret } = valuesOf(call, type, operation);
  const problem = statementProblem(open);
  if (problem !== undefined) throw new Refusal(500, problem);
  normalStatements(open);
  checkDeletions(type, splitList(call.params.delete));
  state.assertUnmodified(call.params.digest);
  const section: Section = { ...find(state, type, name) };
  const secrets = { ...state.secrets.get(name) };
  for (const key of splitList(call.params.delete)) {
    delete section[key];
    delete secrets[key];
  }
  if (type === "webhook") mergePairs(open, secret, state.secrets.get(name) ?? {});
  Object.assign(section, open);
  check(state, type, section);
  state.config.set(name, section);
  state.secrets.set(name, { ...secrets, ...secret });
  return null;
}

function remove(call: Call, type: string): null {
  const state = stateOf(call);
  const name = nameOf(call);
  find(state, type, name);
  const users = type === "matcher" ? [] : state.referrers(name);
  if (users.length > 0) throw new Refusal(400, `cannot delete '${name}', referenced by: ${users.join(", ")}`);
  state.config.delete(name);
  state.secrets.delete(name);
  return null;
}

function routesOf(path: string, type: string): Route[] {
  const post = `POST ${path}`;
  const put = `PUT ${path}/{name}`;
  return [
    {
      id: `GET ${path}`,
      run: (call) => ({
        data: stateOf(call)
          .names(type)
          .map((name) => shown(stateOf(call), name)),
      }),
    },
    {
      id: `GET ${path}/{name}`,
      run: (call) => {
        const state = stateOf(call);
        find(state, type, nameOf(call));
        return { data: { ...shown(state, nameOf(call)), digest: state.digest } };
      },
    },
    { id: post, writes: true, run: (call) => ({ data: create(call, type, post) }) },
    { id: put, writes: true, run: (call) => ({ data: update(call, type, put) }) },
    { id: `DELETE ${path}/{name}`, writes: true, run: (call) => ({ data: remove(call, type) }) },
  ];
}

function targets(call: Call): Section[] {
  const state = stateOf(call);
  return ENDPOINT_TYPES.flatMap((type) =>
    state.names(type).map((name) => {
      const { comment, disable } = state.config.get(name)!;
      return {
        name,
        type,
        origin: state.origin(name),
        ...(comment === undefined ? {} : { comment }),
        ...(disable === undefined ? {} : { disable }),
      };
    }),
  );
}

const EVENTS = ["package-updates", "fencing", "replication", "vzdump", "system-mail"];

function fieldValues(call: Call): Section[] {
  const { state } = call;
  const jobs = state.datacenter.replication.jobs.ids
    .filter((id) => may(call, `/vms/${id.split("-")[0]}`, "VM.Audit"))
    .map((id) => {
      const { comment } = state.datacenter.replication.jobs.get(id)!;
      return { field: "job-id", value: id, comment: comment ?? null };
    });
  const backups = may(call, "/", "Sys.Audit")
    ? [...state.backups.jobs].map(([value, { comment }]) => ({
        field: "job-id",
        value,
        comment: comment ?? null,
      }))
    : [];
  return [
    ...EVENTS.map((value) => ({ field: "type", value })),
    ...backups,
    ...jobs,
    ...[...state.nodes.keys()].map((value) => ({ field: "hostname", value })),
  ];
}

function test(call: Call): null {
  const state = stateOf(call);
  const name = nameOf(call);
  if (!state.isEndpoint(name)) throw new Refusal(404, `endpoint '${name}' does not exist`);
  return null;
}

/** Where notifications go, and which. */
export const notificationRoutes: readonly Route[] = [
  directory(ROOT, "name", "endpoints matchers targets matcher-fields matcher-field-values"),
  directory(`${ROOT}/endpoints`, "name", ENDPOINT_TYPES.join(" ")),
  directory(`${ROOT}/matcher-fields`, "name", "type hostname job-id"),
  { id: `GET ${ROOT}/matcher-field-values`, run: (call) => ({ data: fieldValues(call) }) },
  { id: `GET ${ROOT}/targets`, run: (call) => ({ data: targets(call) }) },
  { id: `POST ${ROOT}/targets/{name}/test`, run: (call) => ({ data: test(call) }) },
  ...ENDPOINT_TYPES.flatMap((type) => routesOf(`${ROOT}/endpoints/${type}`, type)),
  ...routesOf(`${ROOT}/matchers`, "matcher"),
];
