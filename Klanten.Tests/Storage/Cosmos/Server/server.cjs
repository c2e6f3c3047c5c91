// Serves on a free port of 127.0.0.1, prints the port on standard output, and exits when standard input is closed.
// What it adds to the package must happen between two requests (transactions), or would take as long as there are documents (queries).
const library = "@vercel/cosmosdb-server";
require("./documents.cjs");
require(`${library}/lib/handler/batch-documents`).default = require("./transactions.cjs");
require(`${library}/lib/handler/query-documents`).default = require("./queries.cjs");

// The package takes its handlers when it is loaded, so that comes last.
const server = require(library).createHttpServer({ keepAlive: true });
server.keepAliveTimeout = 600_000;
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
process.stdin.resume().on("end", () => process.exit(0));
