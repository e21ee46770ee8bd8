export { default as process } from "node:process";

/**
 * Takes the place of the SDK's JSON Schema validator in the bundle (`scripts/bundle.ts`), which is more than a quarter of
 * what a start would load. The SDK asks it about answers to questions that a handler pushes; handlers here return them.
 */
export class DefaultJsonSchemaValidator {
  getValidator(): never {
    throw new Error("the SDK was asked to check a JSON Schema, which this bundle leaves to zod");
  }
}
