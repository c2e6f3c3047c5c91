// The documents of a container: found by partition and by id without looking at the others, and put back when a transaction fails.
const Items = require("@vercel/cosmosdb-server/lib/account/items").default;
const Documents = require("@vercel/cosmosdb-server/lib/account/documents").default;

class Index {
  // Partition key -> id -> document.
  partitions = new Map();
  // Id -> partition key -> document.
  ids = new Map();
  // The results of queries that were read in part, until a document changes.
  results = new Map();
  // How to take back what the transaction did so far; null when there is none.
  undo = null;

  set(document, partition) {
    put(this.partitions, partition, document.id, document);
    put(this.ids, document.id, partition, document);
    this.results.clear();
  }

  delete({ id }, partition) {
    take(this.partitions, partition, id);
    take(this.ids, id, partition);
    this.results.clear();
  }
}

function put(groups, key, innerKey, document) {
  if (!groups.has(key)) groups.set(key, new Map());
  groups.get(key).set(innerKey, document);
}

function take(groups, key, innerKey) {
  const group = groups.get(key);
  group.delete(innerKey);
  if (group.size === 0) groups.delete(key);
}

Object.defineProperty(Documents.prototype, "index", {
  get() {
    const index = new Index();
    Object.defineProperty(this, "index", { value: index });
    return index;
  }
});

Documents.prototype._set = function set(document) {
  const partition = this._getPartition(document);
  Items.prototype._set.call(this, document);
  this.index.set(document, partition);
  this.index.undo?.push(() => this.delete(document.id, partition));
  return document;
};

Documents.prototype.delete = function remove(id, partition) {
  const document = this._item("/id", id, partition).read();
  Items.prototype.delete.call(this, id, partition);
  this.index.delete(document, partition);
  this.index.undo?.push(() => this._set(document));
};

// Runs a function that returns whether all that it did may stay.
Documents.prototype.transact = function transact(run) {
  const { index } = this;
  const done = [];
  index.undo = done;
  let stays = false;
  try {
    stays = run();
  } finally {
    index.undo = null;
    if (!stays) done.reverse().forEach(takeBack => takeBack());
  }
};
