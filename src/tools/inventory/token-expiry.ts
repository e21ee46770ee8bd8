import { getAccessUsersTokenByTokenid } from "../../../generated/clients/access-users.ts";
import type { Send } from "../../schema/operation.ts";

const DAY_SECONDS = 86_400;
/** Days before its end from which a token is warned about. */
const SOON_DAYS = 30;

/** What the host tells of a token; a token often may not look at itself, and then it is nothing. */
export async function readOwnToken(
  send: Send,
  userid: string,
  tokenid: string,
): Promise<{ separated?: boolean; expire?: number }> {
  let data: { privsep?: unknown; expire?: unknown };
  try {
    data = (await getAccessUsersTokenByTokenid(send, { userid, tokenid })).data ?? {};
  } catch {
    return {};
  }
  return {
    ...(data.privsep === undefined ? {} : { separated: Boolean(Number(data.privsep)) }),
    ...(data.expire === undefined ? {} : { expire: Number(data.expire) }),
  };
}

/** What to say of a token (`user@realm!id`) that ends soon; `expire` is in seconds since the epoch, 0 is never. */
export function expiryWarning(
  token: string,
  expire: number | undefined,
  nowMs: number,
): { message: string; next: string } | undefined {
  if (!expire) return undefined;
  const days = Math.floor((expire - nowMs / 1000) / DAY_SECONDS);
  if (days >= SOON_DAYS) return undefined;
  const [owner, id] = token.split("!");
  const when =
    days < 0 ? "has expired" : days === 0 ? "expires today" : `expires in ${days} day${days === 1 ? "" : "s"}`;
  return {
    message: `${token} ${when}.`,
    next: `Let it live longer: pveum user token modify '${owner}' ${id} --expire 0.`,
  };
}
