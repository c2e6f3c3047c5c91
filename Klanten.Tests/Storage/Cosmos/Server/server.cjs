// Serves on a free port of 127.0.0.1, prints the port on standard output, and exits when standard input is closed.
// What it adds to the package must happen between two requests, or is needed for each of very many: transactions, queries of a part of
// a container, and queries that are compiled once for all containers.
const library = "@vercel/cosmosdb-server";
const Items = require(`${library}/lib/account/items`).default;
const batch = require(`${library}/lib/handler/batch-documents`);
const operations = require(`${library}/lib/handler/_document-operations`);
const { patchOperation } = require(`${library}/lib/handler/_patch-operations`);
const readJson = require(`${library}/lib/json`).default;
const compile = require("@zeit/cosmosdb-query").default;

const compiled = new Map();

Items.prototype._getQuery = sql => {
  if (!compiled.has(sql)) compiled.set(sql, compile(sql));
  return compiled.get(sql);
};

const queryAll = Items.prototype.query;

// The body may name a partition key, or a physical partition: its number and how many there are.
Items.prototype.query = function query(body, options) {
  const isAsked = filterOf(body, this._getPartitionKeyPath());
  if (!isAsked) return queryAll.call(this, body, options);
  const all = this._data;
  this._data = new Map();
  for (const [id, item] of all) if (isAsked(item.read())) this._data.set(id, item);
  try {
    return queryAll.call(this, body, options);
  } finally {
    this._data = all;
  }
};

function filterOf({ partitionKey, physicalPartition }, [path]) {
  if (partitionKey !== undefined) return document => document[path] === partitionKey;
  if (physicalPartition) return document => placeOf(document[path], physicalPartition.count) === physicalPartition.number;
  return null;
}

function placeOf(partitionKey, count) {
  return [...partitionKey].reduce((hash, letter) => (hash * 31 + letter.charCodeAt(0)) % 65521, 7) % count;
}

const kinds = {
  Create: operations.createOperation,
  Upsert: operations.upsertOperation,
  Replace: operations.replaceOperation,
  Delete: operations.deleteOperation,
  Patch: patchOperation
};

// A transaction: each step sees what the steps before it did, and when one fails nothing remains of any.
batch.default = async (account, request, response, { dbId, collId }) => {
  const steps = await readJson(request);
  const collection = account.database(dbId).collection(collId);
  if (!collection.read()) {
    response.statusCode = 404;
    return { code: "NotFound", message: "The container does not exist." };
  }
  const { documents } = collection;
  const [data, index] = [new Map(documents._data), new Map(documents._index)];
  const results = [];
  for (const step of steps) {
    const result = carryOut(collection, step);
    results.push(result);
    if (result.status < 400) continue;
    [documents._data, documents._index] = [data, index];
    return steps.map((_, i) => (i === results.length - 1 ? result : { status: 424 }));
  }
  return results;
};

function carryOut(collection, step) {
  const [path] = collection.documents._getPartitionKeyPath();
  if (step.resourceBody && step.resourceBody[path] !== JSON.parse(step.partitionKey)[0]) return { status: 400 };
  try {
    const { statusCode, body } = kinds[step.kind](collection, step);
    return { status: statusCode, etag: statusCode < 300 && body ? body._etag : undefined };
  } catch (error) {
    if (error.conflict) return { status: 409 };
    if (error.badRequest) return { status: 400 };
    throw error;
  }
}

// The package takes its handlers when it is loaded, so that comes last.
const server = require(library).createHttpServer({ keepAlive: true });
server.keepAliveTimeout = 600_000;
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
process.stdin.resume().on("end", () => process.exit(0));
