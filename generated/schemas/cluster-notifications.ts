// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).
import * as z from "zod";
import { lazy } from "../../src/schema/lazy.ts";
import * as p from "../../src/schema/parameter.ts";

const s1 = lazy(() => p.text().optional());
const s2 = lazy(() => p.boolean().optional());
const s3 = lazy(() => p.text({"format":"pve-configid"}));
const s4 = lazy(() => p.text());
const s5 = lazy(() => p.array({"items":{"type":"string","format":"pve-configid"}}).optional());
const s6 = lazy(() => p.text({"maxLength":64}).optional());
const s7 = lazy(() => p.array({"items":{"type":"string","format":"email-or-username"}}).optional());
const s8 = lazy(() => p.array({"items":{"type":"string","format":"pve-userid"}}).optional());
const s9 = lazy(() => z.enum(["insecure","starttls","tls"]).optional());
const s10 = lazy(() => p.integer().optional());
const s11 = lazy(() => p.array({"items":{"type":"string"}}).optional());
const s12 = lazy(() => z.enum(["all","any"]).optional());

/** Parameters of GET /cluster/notifications. */
export const getClusterNotifications = lazy(() => z.strictObject({}));

/** Parameters of GET /cluster/notifications/endpoints. */
export const getClusterNotificationsEndpoints = lazy(() => z.strictObject({}));

/** Parameters of GET /cluster/notifications/endpoints/gotify. */
export const getClusterNotificationsEndpointsGotify = lazy(() => z.strictObject({}));

/** Parameters of POST /cluster/notifications/endpoints/gotify. */
export const postClusterNotificationsEndpointsGotify = lazy(() => z.strictObject({"comment": s1(), "disable": s2(), "name": s3(), "server": s4(), "token": s4()}));

/** Parameters of GET /cluster/notifications/endpoints/gotify/{name}. */
export const getClusterNotificationsEndpointsGotifyByName = lazy(() => z.strictObject({"name": s3()}));

/** Parameters of PUT /cluster/notifications/endpoints/gotify/{name}. */
export const putClusterNotificationsEndpointsGotifyByName = lazy(() => z.strictObject({"comment": s1(), "delete": s5(), "digest": s6(), "disable": s2(), "name": s3(), "server": s1(), "token": s1()}));

/** Parameters of DELETE /cluster/notifications/endpoints/gotify/{name}. */
export const deleteClusterNotificationsEndpointsGotifyByName = lazy(() => z.strictObject({"name": s3()}));

/** Parameters of GET /cluster/notifications/endpoints/sendmail. */
export const getClusterNotificationsEndpointsSendmail = lazy(() => z.strictObject({}));

/** Parameters of POST /cluster/notifications/endpoints/sendmail. */
export const postClusterNotificationsEndpointsSendmail = lazy(() => z.strictObject({"author": s1(), "comment": s1(), "disable": s2(), "from-address": s1(), "mailto": s7(), "mailto-user": s8(), "name": s3()}));

/** Parameters of GET /cluster/notifications/endpoints/sendmail/{name}. */
export const getClusterNotificationsEndpointsSendmailByName = lazy(() => z.strictObject({"name": s3()}));

/** Parameters of PUT /cluster/notifications/endpoints/sendmail/{name}. */
export const putClusterNotificationsEndpointsSendmailByName = lazy(() => z.strictObject({"author": s1(), "comment": s1(), "delete": s5(), "digest": s6(), "disable": s2(), "from-address": s1(), "mailto": s7(), "mailto-user": s8(), "name": s3()}));

/** Parameters of DELETE /cluster/notifications/endpoints/sendmail/{name}. */
export const deleteClusterNotificationsEndpointsSendmailByName = lazy(() => z.strictObject({"name": s3()}));

/** Parameters of GET /cluster/notifications/endpoints/smtp. */
export const getClusterNotificationsEndpointsSmtp = lazy(() => z.strictObject({}));

/** Parameters of POST /cluster/notifications/endpoints/smtp. */
export const postClusterNotificationsEndpointsSmtp = lazy(() => z.strictObject({"author": s1(), "comment": s1(), "disable": s2(), "from-address": s4(), "mailto": s7(), "mailto-user": s8(), "mode": s9(), "name": s3(), "password": s1(), "port": s10(), "server": s4(), "username": s1()}));

/** Parameters of GET /cluster/notifications/endpoints/smtp/{name}. */
export const getClusterNotificationsEndpointsSmtpByName = lazy(() => z.strictObject({"name": s3()}));

/** Parameters of PUT /cluster/notifications/endpoints/smtp/{name}. */
export const putClusterNotificationsEndpointsSmtpByName = lazy(() => z.strictObject({"author": s1(), "comment": s1(), "delete": s5(), "digest": s6(), "disable": s2(), "from-address": s1(), "mailto": s7(), "mailto-user": s8(), "mode": s9(), "name": s3(), "password": s1(), "port": s10(), "server": s1(), "username": s1()}));

/** Parameters of DELETE /cluster/notifications/endpoints/smtp/{name}. */
export const deleteClusterNotificationsEndpointsSmtpByName = lazy(() => z.strictObject({"name": s3()}));

/** Parameters of GET /cluster/notifications/endpoints/webhook. */
export const getClusterNotificationsEndpointsWebhook = lazy(() => z.strictObject({}));

/** Parameters of POST /cluster/notifications/endpoints/webhook. */
export const postClusterNotificationsEndpointsWebhook = lazy(() => z.strictObject({"body": s1(), "comment": s1(), "disable": s2(), "header": s11(), "method": z.enum(["post","put","get"]), "name": s3(), "secret": s11(), "url": s4()}));

/** Parameters of GET /cluster/notifications/endpoints/webhook/{name}. */
export const getClusterNotificationsEndpointsWebhookByName = lazy(() => z.strictObject({"name": s3()}));

/** Parameters of PUT /cluster/notifications/endpoints/webhook/{name}. */
export const putClusterNotificationsEndpointsWebhookByName = lazy(() => z.strictObject({"body": s1(), "comment": s1(), "delete": s5(), "digest": s6(), "disable": s2(), "header": s11(), "method": z.enum(["post","put","get"]).optional(), "name": s3(), "secret": s11(), "url": s1()}));

/** Parameters of DELETE /cluster/notifications/endpoints/webhook/{name}. */
export const deleteClusterNotificationsEndpointsWebhookByName = lazy(() => z.strictObject({"name": s3()}));

/** Parameters of GET /cluster/notifications/matcher-field-values. */
export const getClusterNotificationsMatcherFieldValues = lazy(() => z.looseObject({}));

/** Parameters of GET /cluster/notifications/matcher-fields. */
export const getClusterNotificationsMatcherFields = lazy(() => z.strictObject({}));

/** Parameters of GET /cluster/notifications/matchers. */
export const getClusterNotificationsMatchers = lazy(() => z.strictObject({}));

/** Parameters of POST /cluster/notifications/matchers. */
export const postClusterNotificationsMatchers = lazy(() => z.strictObject({"comment": s1(), "disable": s2(), "invert-match": s2(), "match-calendar": s11(), "match-field": s11(), "match-severity": s11(), "mode": s12(), "name": s3(), "target": s5()}));

/** Parameters of GET /cluster/notifications/matchers/{name}. */
export const getClusterNotificationsMatchersByName = lazy(() => z.strictObject({"name": s3()}));

/** Parameters of PUT /cluster/notifications/matchers/{name}. */
export const putClusterNotificationsMatchersByName = lazy(() => z.strictObject({"comment": s1(), "delete": s5(), "digest": s6(), "disable": s2(), "invert-match": s2(), "match-calendar": s11(), "match-field": s11(), "match-severity": s11(), "mode": s12(), "name": s3(), "target": s5()}));

/** Parameters of DELETE /cluster/notifications/matchers/{name}. */
export const deleteClusterNotificationsMatchersByName = lazy(() => z.strictObject({"name": s3()}));

/** Parameters of GET /cluster/notifications/targets. */
export const getClusterNotificationsTargets = lazy(() => z.strictObject({}));

/** Parameters of POST /cluster/notifications/targets/{name}/test. */
export const postClusterNotificationsTargetsTest = lazy(() => z.strictObject({"name": s3()}));
