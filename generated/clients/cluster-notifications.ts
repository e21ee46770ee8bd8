// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

import type { Answer, Send, SendOptions } from "../../src/schema/operation.ts";
import type * as T from "../types/cluster-notifications.ts";

/** Browse notification topics: endpoints, targets, matchers and match fields. Since 8.4. */
export function getClusterNotifications(send: Send, params: T.GetClusterNotificationsParams = {}, options?: SendOptions): Promise<Answer<T.GetClusterNotificationsResult>> {
  return send("GET /cluster/notifications", params, options);
}

/** Show the kinds of notification endpoint on offer, such as SMTP or Gotify. Since 8.4. */
export function getClusterNotificationsEndpoints(send: Send, params: T.GetClusterNotificationsEndpointsParams = {}, options?: SendOptions): Promise<Answer<T.GetClusterNotificationsEndpointsResult>> {
  return send("GET /cluster/notifications/endpoints", params, options);
}

/** See all Gotify push servers set up as notification endpoints. Since 8.4. */
export function getClusterNotificationsEndpointsGotify(send: Send, params: T.GetClusterNotificationsEndpointsGotifyParams = {}, options?: SendOptions): Promise<Answer<T.GetClusterNotificationsEndpointsGotifyResult>> {
  return send("GET /cluster/notifications/endpoints/gotify", params, options);
}

/** Push alerts to a Gotify server through a new notification endpoint. Since 8.4. */
export function postClusterNotificationsEndpointsGotify(send: Send, params: T.PostClusterNotificationsEndpointsGotifyParams, options?: SendOptions): Promise<Answer<T.PostClusterNotificationsEndpointsGotifyResult>> {
  return send("POST /cluster/notifications/endpoints/gotify", params, options);
}

/** Look at one Gotify notification endpoint, without its token. Since 8.4. */
export function getClusterNotificationsEndpointsGotifyByName(send: Send, params: T.GetClusterNotificationsEndpointsGotifyByNameParams, options?: SendOptions): Promise<Answer<T.GetClusterNotificationsEndpointsGotifyByNameResult>> {
  return send("GET /cluster/notifications/endpoints/gotify/{name}", params, options);
}

/** Edit server URL, token or state of a Gotify notification endpoint. Since 8.4. */
export function putClusterNotificationsEndpointsGotifyByName(send: Send, params: T.PutClusterNotificationsEndpointsGotifyByNameParams, options?: SendOptions): Promise<Answer<T.PutClusterNotificationsEndpointsGotifyByNameResult>> {
  return send("PUT /cluster/notifications/endpoints/gotify/{name}", params, options);
}

/** Stop pushing alerts to a Gotify server by deleting its endpoint. Since 8.4. */
export function deleteClusterNotificationsEndpointsGotifyByName(send: Send, params: T.DeleteClusterNotificationsEndpointsGotifyByNameParams, options?: SendOptions): Promise<Answer<T.DeleteClusterNotificationsEndpointsGotifyByNameResult>> {
  return send("DELETE /cluster/notifications/endpoints/gotify/{name}", params, options);
}

/** See all notification endpoints that mail through the local sendmail. Since 8.4. */
export function getClusterNotificationsEndpointsSendmail(send: Send, params: T.GetClusterNotificationsEndpointsSendmailParams = {}, options?: SendOptions): Promise<Answer<T.GetClusterNotificationsEndpointsSendmailResult>> {
  return send("GET /cluster/notifications/endpoints/sendmail", params, options);
}

/** Deliver alerts by local sendmail through a new notification endpoint. Since 8.4. */
export function postClusterNotificationsEndpointsSendmail(send: Send, params: T.PostClusterNotificationsEndpointsSendmailParams, options?: SendOptions): Promise<Answer<T.PostClusterNotificationsEndpointsSendmailResult>> {
  return send("POST /cluster/notifications/endpoints/sendmail", params, options);
}

/** Look at one sendmail notification endpoint and its recipients. Since 8.4. */
export function getClusterNotificationsEndpointsSendmailByName(send: Send, params: T.GetClusterNotificationsEndpointsSendmailByNameParams, options?: SendOptions): Promise<Answer<T.GetClusterNotificationsEndpointsSendmailByNameResult>> {
  return send("GET /cluster/notifications/endpoints/sendmail/{name}", params, options);
}

/** Edit recipients, sender or state of a sendmail notification endpoint. Since 8.4. */
export function putClusterNotificationsEndpointsSendmailByName(send: Send, params: T.PutClusterNotificationsEndpointsSendmailByNameParams, options?: SendOptions): Promise<Answer<T.PutClusterNotificationsEndpointsSendmailByNameResult>> {
  return send("PUT /cluster/notifications/endpoints/sendmail/{name}", params, options);
}

/** Get rid of a notification endpoint that mails via local sendmail. Since 8.4. */
export function deleteClusterNotificationsEndpointsSendmailByName(send: Send, params: T.DeleteClusterNotificationsEndpointsSendmailByNameParams, options?: SendOptions): Promise<Answer<T.DeleteClusterNotificationsEndpointsSendmailByNameResult>> {
  return send("DELETE /cluster/notifications/endpoints/sendmail/{name}", params, options);
}

/** See all notification endpoints that mail through an SMTP relay. Since 8.4. */
export function getClusterNotificationsEndpointsSmtp(send: Send, params: T.GetClusterNotificationsEndpointsSmtpParams = {}, options?: SendOptions): Promise<Answer<T.GetClusterNotificationsEndpointsSmtpResult>> {
  return send("GET /cluster/notifications/endpoints/smtp", params, options);
}

/** Deliver alerts by e-mail over an SMTP relay, as a new endpoint. Since 8.4. */
export function postClusterNotificationsEndpointsSmtp(send: Send, params: T.PostClusterNotificationsEndpointsSmtpParams, options?: SendOptions): Promise<Answer<T.PostClusterNotificationsEndpointsSmtpResult>> {
  return send("POST /cluster/notifications/endpoints/smtp", params, options);
}

/** Look at one SMTP notification endpoint: relay, sender and recipients. Since 8.4. */
export function getClusterNotificationsEndpointsSmtpByName(send: Send, params: T.GetClusterNotificationsEndpointsSmtpByNameParams, options?: SendOptions): Promise<Answer<T.GetClusterNotificationsEndpointsSmtpByNameResult>> {
  return send("GET /cluster/notifications/endpoints/smtp/{name}", params, options);
}

/** Edit relay, login, TLS mode or recipients of an SMTP notification endpoint. Since 8.4. */
export function putClusterNotificationsEndpointsSmtpByName(send: Send, params: T.PutClusterNotificationsEndpointsSmtpByNameParams, options?: SendOptions): Promise<Answer<T.PutClusterNotificationsEndpointsSmtpByNameResult>> {
  return send("PUT /cluster/notifications/endpoints/smtp/{name}", params, options);
}

/** Remove an SMTP relay from the notification endpoints. Since 8.4. */
export function deleteClusterNotificationsEndpointsSmtpByName(send: Send, params: T.DeleteClusterNotificationsEndpointsSmtpByNameParams, options?: SendOptions): Promise<Answer<T.DeleteClusterNotificationsEndpointsSmtpByNameResult>> {
  return send("DELETE /cluster/notifications/endpoints/smtp/{name}", params, options);
}

/** See all HTTP webhooks set up as notification endpoints. Since 8.4. */
export function getClusterNotificationsEndpointsWebhook(send: Send, params: T.GetClusterNotificationsEndpointsWebhookParams = {}, options?: SendOptions): Promise<Answer<T.GetClusterNotificationsEndpointsWebhookResult>> {
  return send("GET /cluster/notifications/endpoints/webhook", params, options);
}

/** Call an HTTP webhook (Slack, Teams, ntfy) on alerts through a new endpoint. Since 8.4. */
export function postClusterNotificationsEndpointsWebhook(send: Send, params: T.PostClusterNotificationsEndpointsWebhookParams, options?: SendOptions): Promise<Answer<T.PostClusterNotificationsEndpointsWebhookResult>> {
  return send("POST /cluster/notifications/endpoints/webhook", params, options);
}

/** Look at one webhook notification endpoint: URL, method, headers and body. Since 8.4. */
export function getClusterNotificationsEndpointsWebhookByName(send: Send, params: T.GetClusterNotificationsEndpointsWebhookByNameParams, options?: SendOptions): Promise<Answer<T.GetClusterNotificationsEndpointsWebhookByNameResult>> {
  return send("GET /cluster/notifications/endpoints/webhook/{name}", params, options);
}

/** Edit URL, headers, secrets or body of a webhook notification endpoint. Since 8.4. */
export function putClusterNotificationsEndpointsWebhookByName(send: Send, params: T.PutClusterNotificationsEndpointsWebhookByNameParams, options?: SendOptions): Promise<Answer<T.PutClusterNotificationsEndpointsWebhookByNameResult>> {
  return send("PUT /cluster/notifications/endpoints/webhook/{name}", params, options);
}

/** Delete a notification webhook so its URL gets called no more. Since 8.4. */
export function deleteClusterNotificationsEndpointsWebhookByName(send: Send, params: T.DeleteClusterNotificationsEndpointsWebhookByNameParams, options?: SendOptions): Promise<Answer<T.DeleteClusterNotificationsEndpointsWebhookByNameResult>> {
  return send("DELETE /cluster/notifications/endpoints/webhook/{name}", params, options);
}

/** Find out which values each notification metadata field can take. Since 8.4. */
export function getClusterNotificationsMatcherFieldValues(send: Send, params: T.GetClusterNotificationsMatcherFieldValuesParams = {}, options?: SendOptions): Promise<Answer<T.GetClusterNotificationsMatcherFieldValuesResult>> {
  return send("GET /cluster/notifications/matcher-field-values", params, options);
}

/** Find out which metadata field names a notification matcher can filter on. Since 8.4. */
export function getClusterNotificationsMatcherFields(send: Send, params: T.GetClusterNotificationsMatcherFieldsParams = {}, options?: SendOptions): Promise<Answer<T.GetClusterNotificationsMatcherFieldsResult>> {
  return send("GET /cluster/notifications/matcher-fields", params, options);
}

/** See the routing rules that decide which alerts go to which target. Since 8.4. */
export function getClusterNotificationsMatchers(send: Send, params: T.GetClusterNotificationsMatchersParams = {}, options?: SendOptions): Promise<Answer<T.GetClusterNotificationsMatchersResult>> {
  return send("GET /cluster/notifications/matchers", params, options);
}

/** Route alerts to targets by severity, time or field with a new matcher. Since 8.4. */
export function postClusterNotificationsMatchers(send: Send, params: T.PostClusterNotificationsMatchersParams, options?: SendOptions): Promise<Answer<T.PostClusterNotificationsMatchersResult>> {
  return send("POST /cluster/notifications/matchers", params, options);
}

/** Look at one notification matcher and what it filters on. Since 8.4. */
export function getClusterNotificationsMatchersByName(send: Send, params: T.GetClusterNotificationsMatchersByNameParams, options?: SendOptions): Promise<Answer<T.GetClusterNotificationsMatchersByNameResult>> {
  return send("GET /cluster/notifications/matchers/{name}", params, options);
}

/** Edit filters, targets or state of a notification matcher. Since 8.4. */
export function putClusterNotificationsMatchersByName(send: Send, params: T.PutClusterNotificationsMatchersByNameParams, options?: SendOptions): Promise<Answer<T.PutClusterNotificationsMatchersByNameResult>> {
  return send("PUT /cluster/notifications/matchers/{name}", params, options);
}

/** Delete a notification matcher so its alert routing stops. Since 8.4. */
export function deleteClusterNotificationsMatchersByName(send: Send, params: T.DeleteClusterNotificationsMatchersByNameParams, options?: SendOptions): Promise<Answer<T.DeleteClusterNotificationsMatchersByNameResult>> {
  return send("DELETE /cluster/notifications/matchers/{name}", params, options);
}

/** See every place alerts can be sent to, whatever its kind. Since 8.4. */
export function getClusterNotificationsTargets(send: Send, params: T.GetClusterNotificationsTargetsParams = {}, options?: SendOptions): Promise<Answer<T.GetClusterNotificationsTargetsResult>> {
  return send("GET /cluster/notifications/targets", params, options);
}

/** Try out a notification target by sending a trial message. Since 8.4. */
export function postClusterNotificationsTargetsTest(send: Send, params: T.PostClusterNotificationsTargetsTestParams, options?: SendOptions): Promise<Answer<T.PostClusterNotificationsTargetsTestResult>> {
  return send("POST /cluster/notifications/targets/{name}/test", params, options);
}
