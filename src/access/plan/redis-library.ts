/** A static import of names survives bundling, which a dynamic one of CommonJS does not. */
export { Redis } from "ioredis";
