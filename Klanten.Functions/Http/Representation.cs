using System.Buffers;
using System.Text;
using System.Text.Json;
using Klanten.Core.Model;
using Klanten.Core.Ports;

namespace Klanten.Functions.Http;

/// <summary>Bodies as UTF-8: the stored JSON, with URLs at the address that the consumer uses inserted.</summary>
internal static class Representation
{
    /// <summary>Bytes that the key and the URL of a klant take, unless the host name is unusually long; the buffer grows then.</summary>
    private const int UrlLength = 128;

    private static ReadOnlySpan<byte> UrlKey => "{\"url\":\""u8;

    public static PooledBuffer Klant(KlantId id, ReadOnlyMemory<byte> json, KlantUrl url)
    {
        var buffer = new PooledBuffer(json.Length + UrlLength);
        Klant(buffer, id, json.Span, url);
        return buffer;
    }

    public static PooledBuffer Page(KlantPage page, PublicUrls urls, string? next, string? previous)
    {
        var buffer = new PooledBuffer(512 + page.Klanten.Sum(k => k.Json.Length + UrlLength));
        using (var writer = new Utf8JsonWriter(buffer, KlantJson.WriterOptions))
        {
            writer.WriteStartObject();
            writer.WriteNumber("count"u8, page.Count);
            writer.WriteString("next"u8, next);
            writer.WriteString("previous"u8, previous);
        }
        buffer.Write(",\"results\":["u8);
        var url = urls.Klanten;
        for (var i = 0; i < page.Klanten.Count; i++)
        {
            if (i > 0)
            {
                buffer.Write(","u8);
            }
            Klant(buffer, page.Klanten[i].Id, page.Klanten[i].Json.Span, url);
        }
        buffer.Write("]}"u8);
        return buffer;
    }

    public static PooledBuffer AuditEntry(KlantId klant, AuditEntry entry, KlantUrl url)
    {
        var buffer = new PooledBuffer(1024 + entry.Oud.Length + entry.Nieuw.Length);
        using (var writer = new Utf8JsonWriter(buffer, KlantJson.WriterOptions))
        {
            Write(writer, klant, entry, url);
        }
        return buffer;
    }

    public static PooledBuffer AuditTrail(KlantId klant, IReadOnlyList<AuditEntry> entries, KlantUrl url)
    {
        var buffer = new PooledBuffer(4096);
        using (var writer = new Utf8JsonWriter(buffer, KlantJson.WriterOptions))
        {
            writer.WriteStartArray();
            foreach (var entry in entries)
            {
                Write(writer, klant, entry, url);
            }
            writer.WriteEndArray();
        }
        return buffer;
    }

    /// <summary>Inserts the url as the first key: the stored object without its "{" follows it.</summary>
    private static void Klant(PooledBuffer buffer, KlantId id, ReadOnlySpan<byte> json, KlantUrl url)
    {
        buffer.Write(UrlKey);
        Encoding.UTF8.GetBytes(url.Prefix, buffer);
        id.Value.TryFormat(buffer.GetSpan(36), out var length);
        buffer.Advance(length);
        buffer.Write("\","u8);
        buffer.Write(json[1..]);
    }

    private static void Write(Utf8JsonWriter writer, KlantId klant, AuditEntry entry, KlantUrl url)
    {
        var klantUrl = url.For(klant);
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
        writer.WriteStartObject("wijzigingen"u8);
        WriteState(writer, "oud"u8, klant, entry.Oud, url);
        WriteState(writer, "nieuw"u8, klant, entry.Nieuw, url);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteState(Utf8JsonWriter writer, ReadOnlySpan<byte> key, KlantId klant, ReadOnlyMemory<byte> json, KlantUrl url)
    {
        writer.WritePropertyName(key);
        if (json.IsEmpty)
        {
            writer.WriteNullValue();
            return;
        }
        using var buffer = new PooledBuffer(json.Length + UrlLength);
        Klant(buffer, klant, json.Span, url);
        writer.WriteRawValue(buffer.Written.Span, skipInputValidation: true);
    }
}
