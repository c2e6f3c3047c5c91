using System.Text.Json;
using Klanten.Core.Model;
using Klanten.Core.Ports;

namespace Klanten.Functions.Http;

/// <summary>Bodies as UTF-8: the stored JSON, with URLs at the address that the consumer uses inserted.</summary>
internal static class Representation
{
    /// <summary>Bytes that the key and the URL of a klant take, unless the host name is unusually long; the buffer grows then.</summary>
    private const int UrlLength = 128;

    private static readonly byte[] EndOfPage = [.. "]}"u8];

    private static readonly byte[] EndOfTrail = [.. "]"u8];

    private static ReadOnlySpan<byte> UrlKey => "{\"url\":\""u8;

    public static PooledBuffer Klant(KlantId id, ReadOnlyMemory<byte> json, KlantUrl url, Dialect dialect)
    {
        var buffer = new PooledBuffer(json.Length + UrlLength);
        Klant(buffer, id, json.Span, url, dialect);
        return buffer;
    }

    public static ListAnswer<StoredKlant> Page(KlantPage page, PublicUrls urls, Dialect dialect, string? next, string? previous)
    {
        var buffer = new PooledBuffer(512 + page.Klanten.Items.Sum(k => k.Json.Length + UrlLength));
        using (var writer = new Utf8JsonWriter(buffer, KlantJson.WriterOptions))
        {
            writer.WriteStartObject();
            writer.WriteNumber("count"u8, page.Count);
            writer.WriteString("next"u8, next);
            writer.WriteString("previous"u8, previous);
        }
        buffer.Write(",\"results\":["u8);
        return new(buffer, page.Klanten, (to, klant) => Klant(to, klant.Id, klant.Json.Span, urls.Klanten, dialect), EndOfPage);
    }

    public static PooledBuffer AuditEntry(KlantId klant, AuditEntry entry, KlantUrl url, Dialect dialect)
    {
        var buffer = new PooledBuffer(1024 + entry.Oud.Length + entry.Nieuw.Length);
        AuditEntry(buffer, klant, entry, url.For(klant), url, dialect);
        return buffer;
    }

    public static ListAnswer<AuditEntry> AuditTrail(KlantId klant, Chunk<AuditEntry> entries, KlantUrl url, Dialect dialect)
    {
        var buffer = new PooledBuffer(4096);
        var klantUrl = url.For(klant);
        buffer.Write("["u8);
        return new(buffer, entries, (to, entry) => AuditEntry(to, klant, entry, klantUrl, url, dialect), EndOfTrail);
    }

    /// <summary>Inserts the url as the first key: the stored object without its "{" follows it.</summary>
    private static void Klant(PooledBuffer buffer, KlantId id, ReadOnlySpan<byte> json, KlantUrl url, Dialect dialect)
    {
        buffer.Write(UrlKey);
        buffer.Write(url.Utf8.Span);
        id.Value.TryFormat(buffer.GetSpan(36), out var length);
        buffer.Advance(length);
        buffer.Write("\","u8);
        buffer.Write(AddedJson.Show(json, dialect.IsOpenKlant, out var end)[1..]);
        buffer.Write(end);
    }

    private static void AuditEntry(
        PooledBuffer buffer, KlantId klant, AuditEntry entry, string klantUrl, KlantUrl url, Dialect dialect)
    {
        using (var writer = new Utf8JsonWriter(buffer, KlantJson.WriterOptions))
        {
            writer.WriteStartObject();
            writer.WriteString("uuid"u8, entry.Uuid);
            writer.WriteString("bron"u8, "kc"u8);
            writer.WriteString("applicatieId"u8, entry.AuditContext.ApplicatieId);
            writer.WriteString("applicatieWeergave"u8, entry.AuditContext.ApplicatieWeergave);
            writer.WriteString("gebruikersId"u8, entry.AuditContext.GebruikersId);
            writer.WriteString("gebruikersWeergave"u8, entry.AuditContext.GebruikersWeergave);
            writer.WriteString("actie"u8, entry.Actie.Code());
            writer.WriteString("actieWeergave"u8, entry.Actie.Weergave());
            writer.WriteNumber("resultaat"u8, entry.Resultaat);
            writer.WriteString("hoofdObject"u8, klantUrl);
            writer.WriteString("resource"u8, "klant"u8);
            writer.WriteString("resourceUrl"u8, klantUrl);
            writer.WriteString("toelichting"u8, entry.AuditContext.Toelichting);
            writer.WriteString("resourceWeergave"u8, entry.ResourceWeergave);
            writer.WriteString("aanmaakdatum"u8, Timestamps.Write(entry.Aanmaakdatum));
        }
        // The two states are copied as they are, as the klanten of a page.
        buffer.Write(",\"wijzigingen\":{\"oud\":"u8);
        State(buffer, klant, entry.Oud, url, dialect);
        buffer.Write(",\"nieuw\":"u8);
        State(buffer, klant, entry.Nieuw, url, dialect);
        buffer.Write("}}"u8);
    }

    private static void State(PooledBuffer buffer, KlantId klant, ReadOnlyMemory<byte> json, KlantUrl url, Dialect dialect)
    {
        if (json.IsEmpty)
        {
            buffer.Write("null"u8);
            return;
        }
        Klant(buffer, klant, json.Span, url, dialect);
    }
}
