/** The part of ws in use. A static import of a name survives bundling, which a dynamic one of CommonJS does not. */
export { WebSocket } from "ws";
