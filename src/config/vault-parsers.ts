import { Fault, type Parser } from "./parsers.ts";

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Address of a Vault server, without a slash at the end; a token is sent there, so http goes no further than this machine. */
export const vaultAddress: Parser<string> = (text) => {
  let url: URL;
  try {
    url = new URL(text.trim());
  } catch {
    throw new Fault(`is ${JSON.stringify(text)}, which is no URL`);
  }
  if (url.username !== "" || url.password !== "") {
    throw new Fault("holds a user name or password, which belongs elsewhere");
  }
  if (url.protocol !== "https:" && url.protocol !== "http:")
    throw new Fault(`is ${JSON.stringify(text)}, no https URL`);
  if (url.protocol === "http:" && !LOOPBACK.test(url.hostname)) {
    throw new Fault(`is ${JSON.stringify(text)}: over http the Vault token could be read on the way`);
  }
  if (url.pathname.replace(/^\/(v1\/?)?$/, "") !== "" || url.search !== "" || url.hash !== "") {
    throw new Fault(`is ${JSON.stringify(text)}: it ends with the host or its port`);
  }
  return url.origin;
};

/** A path in Vault, without slashes at its ends. */
export const vaultPath: Parser<string> = (text) => {
  const path = text.trim().replace(/^\/+|\/+$/g, "");
  if (!path.split("/").every((part) => /^[A-Za-z0-9._-]+$/.test(part) && !/^\.+$/.test(part))) {
    throw new Fault(`is ${JSON.stringify(text)}`);
  }
  return path;
};
