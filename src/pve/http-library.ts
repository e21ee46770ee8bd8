/** The parts of undici in use. A static import of names survives bundling, which a dynamic one of CommonJS does not. */
export { Agent, buildConnector, Client } from "undici";
