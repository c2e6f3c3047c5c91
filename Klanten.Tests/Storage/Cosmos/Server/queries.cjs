// Queries. Each SQL text is compiled once for all containers; a query looks only at the documents of its partition, or with its ids;
// and what was found is kept for the next portion, as long as no document of the container changes.
const compile = require("@zeit/cosmosdb-query").default;
const aggregates = require("@zeit/cosmosdb-query/lib/aggregate-functions");
const functions = require("@zeit/cosmosdb-query/lib/builtin-functions");
const { ...helpers } = require("@zeit/cosmosdb-query/lib/helpers");
const readJson = require("@vercel/cosmosdb-server/lib/json").default;

const compiled = new Map();

// The package copies all that it has for each document that it adds, here and in the list that it hands to a query.
helpers.paginate = rows => rows.map(([found]) => found).filter(found => found !== undefined);

// The body has, beside the query and its parameters, where to look (a partition key, or a physical partition: its number and how many
// there are) and which portion to give: from which document on, how many at most, and how many bytes at most.
module.exports = async (account, request, response, { dbId, collId }) => {
  const body = await readJson(request);
  const collection = account.database(dbId).collection(collId);
  if (!collection.read()) {
    response.statusCode = 404;
    return { code: "NotFound", message: "The container does not exist." };
  }
  try {
    return answer(collection, body, response);
  } catch (error) {
    response.statusCode = 400;
    return { code: "BadRequest", message: error.message };
  }
};

function answer(collection, body, response) {
  const { results } = collection.documents.index;
  const { portion, ...query } = body;
  const key = JSON.stringify(query);
  const found = results.get(key) ?? find(collection, query);
  const documents = portionOf(found, portion);
  const next = portion.start + documents.length;
  if (next < found.length) {
    results.set(key, found);
    response.setHeader("x-ms-continuation", String(next));
  } else {
    results.delete(key);
  }
  return { Documents: documents, _count: documents.length };
}

function portionOf(found, { start, count, bytes }) {
  const portion = [];
  let size = 0;
  for (let i = start; i < found.length && portion.length < count; i++) {
    size += Buffer.byteLength(JSON.stringify(found[i]));
    if (portion.length > 0 && size > bytes) break;
    portion.push(found[i]);
  }
  return portion;
}

function find(collection, { query, parameters = [], partitionKey, physicalPartition }) {
  const values = Object.fromEntries(parameters.map(({ name, value }) => [name.slice(1), value]));
  const documents = candidates(collection.documents.index, idsIn(query, values), partitionKey, physicalPartition);
  const rows = { reduce: add => documents.flatMap(document => add([], document)) };
  const { compositeIndexes = [] } = collection.read().indexingPolicy ?? {};
  return compiledOf(query)(aggregates, functions, rows, helpers, {}, values, undefined, undefined, compositeIndexes);
}

function compiledOf(sql) {
  if (!compiled.has(sql)) compiled.set(sql, new Function(`"use strict";return (${compile(sql).code})`)());
  return compiled.get(sql);
}

// The ids that the documents must have; null when the query does not say so.
function idsIn(sql, values) {
  if (/\bOR\b/.test(sql)) return null;
  const one = /\bc\.id = @(\w+)/.exec(sql);
  if (one) return [values[one[1]]];
  const several = /\bARRAY_CONTAINS\(@(\w+), c\.id\)/.exec(sql);
  return several && values[several[1]];
}

function candidates({ ids, partitions }, wanted, partitionKey, physicalPartition) {
  const isAsked = ([key]) =>
    (partitionKey === undefined || key === partitionKey) &&
    (!physicalPartition || placeOf(key, physicalPartition.count) === physicalPartition.number);
  if (!wanted) return [...partitions].filter(isAsked).flatMap(([, documents]) => [...documents.values()]);
  return wanted.flatMap(id => [...(ids.get(id) ?? [])]).filter(isAsked).map(([, document]) => document);
}

function placeOf(partitionKey, count) {
  return [...partitionKey].reduce((hash, letter) => (hash * 31 + letter.charCodeAt(0)) % 65521, 7) % count;
}
