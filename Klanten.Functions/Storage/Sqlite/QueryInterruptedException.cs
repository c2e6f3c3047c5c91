namespace Klanten.Functions.Storage.Sqlite;

/// <summary>A query was ended before its end, as its caller demanded.</summary>
internal sealed class QueryInterruptedException() : OperationCanceledException("The query was interrupted.");
