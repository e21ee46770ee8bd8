/** What reaches a lab, as its start line and its handle say it. */
interface Reach {
  host: string;
  port: number;
  fingerprint: string;
  token: Token;
}

interface Token {
  user: string;
  realm: string;
  id: string;
  secret: string;
}

/** The variables that point a server at a lab, by the lab's own token or another. */
export function labEnvironment(lab: Reach, token: Token = lab.token): Record<string, string> {
  return {
    PROXMOX_HOST: `${lab.host}:${lab.port}`,
    PROXMOX_TLS_FINGERPRINT: lab.fingerprint,
    PROXMOX_API_TOKEN_USER: token.user,
    PROXMOX_API_TOKEN_REALM: token.realm,
    PROXMOX_API_TOKEN_ID: token.id,
    PROXMOX_API_TOKEN_SECRET: token.secret,
  };
}
