export type { SecretName } from "../config/secret-name.ts";
export { type Credentials, type NamedToken, openCredentials } from "./credentials.ts";
export { SecretMissingError, SecretReadOnlyError, SecretStoreError } from "./errors.ts";
export { guestIdentity } from "./guest-identity.ts";
export { openSecretStore, rekeySecretFile } from "./open-store.ts";
export { type SshIdentity, secretTexts } from "./secret.ts";
export { ABSENT, type SecretStore, type StoredSecret } from "./secret-store.ts";
