/** A static import of the name survives bundling, which a dynamic one of CommonJS does not. */
export { parse } from "yaml";
