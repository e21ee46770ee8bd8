import type { TokenAuth } from "../config/cluster-config.ts";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Where each part of the token is set. */
export interface TokenPlaces {
  user: string;
  realm: string;
  id: string;
  secret: string;
}

/** What to do about a 401 (pve-facts 26, 35): from the server's own words, and from what is odd about the parts. */
export function explainRefusal(reason: string, token: TokenAuth, places: TokenPlaces): string {
  const owner = `${token.user}@${token.realm}`;
  const odd = oddities(token, places);
  if (odd.length > 0) return odd.join(" ");
  const look = `On a node, pveum user token list '${owner}' shows the tokens of that user.`;
  if (/no such token/i.test(reason)) {
    return `${owner} has no token ${token.id}: correct ${places.id} or ${places.realm} (root is most often in pam, users made for an API in pve). ${look}`;
  }
  if (/invalid token value|invalid token secret/i.test(reason)) {
    return `The token is there, its secret is another: Proxmox shows it once, when the token is made. Correct ${places.secret}, or make the token anew: pveum user token remove '${owner}' ${token.id} && pveum user token add '${owner}' ${token.id}.`;
  }
  if (/expired/i.test(reason)) {
    return `Let it live longer: pveum user token modify '${owner}' ${token.id} --expire 0 (and pveum user modify '${owner}' --expire 0, if the user is what expired).`;
  }
  if (/disabled/i.test(reason)) return `Enable the user: pveum user modify '${owner}' --enable 1.`;
  if (/no such user|does not exist|no such realm|realm/i.test(reason)) {
    return `Correct ${places.user} and ${places.realm}: root is most often in pam, users made for an API in pve. pveum user list shows all users.`;
  }
  return `Compare each part: user and realm (${owner}), the token's name after the exclamation mark (${token.id}), and the secret, which Proxmox shows once when the token is made. ${look}`;
}

function oddities({ id, secret }: TokenAuth, places: TokenPlaces): string[] {
  const found: string[] = [];
  if (/[@!=]/.test(id)) {
    found.push(
      `${places.id} holds more than the token's name: give only what stands after the exclamation mark in user@realm!name.`,
    );
  }
  if (/[!=]|^PVEAPIToken/i.test(secret)) {
    found.push(`${places.secret} holds more than the secret: give only the UUID after the equals sign.`);
  } else if (!UUID.test(secret)) {
    found.push(
      `${places.secret} is not a UUID, which every secret that Proxmox makes is: it may be cut off, quoted twice, or a password.`,
    );
  }
  return found;
}
