// A transaction: each step sees what the steps before it did, and when one fails nothing remains of any.
const library = "@vercel/cosmosdb-server/lib";
const operations = require(`${library}/handler/_document-operations`);
const { patchOperation } = require(`${library}/handler/_patch-operations`);
const readJson = require(`${library}/json`).default;

const kinds = {
  Create: operations.createOperation,
  Upsert: operations.upsertOperation,
  Replace: operations.replaceOperation,
  Delete: operations.deleteOperation,
  Patch: patchOperation
};

module.exports = async (account, request, response, { dbId, collId }) => {
  const steps = await readJson(request);
  const collection = account.database(dbId).collection(collId);
  if (!collection.read()) {
    response.statusCode = 404;
    return { code: "NotFound", message: "The container does not exist." };
  }
  const results = [];
  let failed = false;
  collection.documents.transact(() => {
    for (const step of steps) {
      const result = carryOut(collection, step);
      results.push(result);
      if (result.status >= 400) failed = true;
      if (failed) break;
    }
    return !failed;
  });
  return failed ? steps.map((_, i) => (i === results.length - 1 ? results[i] : { status: 424 })) : results;
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
