export { parseSecretName, type SecretKind, type SecretName, secretNameText } from "../config/secret-name.ts";
export {
  type CredentialConfig,
  type Credentials,
  type NamedToken,
  openCredentials,
  type SwapToken,
} from "./credentials.ts";
export {
  SecretConflictError,
  SecretMalformedError,
  SecretMissingError,
  SecretNameError,
  SecretReadOnlyError,
  SecretStoreError,
} from "./errors.ts";
export { guestIdentity } from "./guest-identity.ts";
export { openSecretStore, rekeySecretFile, type StoreListener } from "./open-store.ts";
export { type SecretValue, type SecretValues, type SshIdentity, secretTexts } from "./secret.ts";
export { ABSENT, type Expectation, type SecretStore, type StoredSecret } from "./secret-store.ts";
