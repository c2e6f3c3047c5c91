using Klanten.Core.Model;

namespace Klanten.Functions.Storage.Cosmos;

/// <summary>A notification that waits in the outbox of its partition.</summary>
internal static class OutboxDocument
{
    public const string Type = "notificatie";

    /// <param name="bronorganisatie">The partition.</param>
    /// <param name="commit">The commit that it is part of; makes its id, so that sending a commit twice adds nothing.</param>
    /// <param name="nummer">Its place among the klant's notifications: the number of the audit entry, one more on deletion.</param>
    /// <param name="notificatie">What to send.</param>
    public static ReadOnlyMemory<byte> Write(string bronorganisatie, Guid commit, long nummer, Notificatie notificatie) => JsonSlices.Object(writer =>
    {
        writer.WriteHead(Type, $"{Type}:{commit:D}", bronorganisatie);
        writer.WriteString("klantId"u8, notificatie.Klant.ToString());
        writer.WriteNumber("nummer"u8, nummer);
        writer.WriteString("aanmaakdatum"u8, Moments.Text(notificatie.Aanmaakdatum));
        writer.WriteString("hoofdObject"u8, notificatie.HoofdObject);
        writer.WriteString("actie"u8, notificatie.Actie.Code());
        writer.WriteString("subjectType"u8, notificatie.SubjectType);
        // For whoever delivers it: tries so far, and the moment before which not to try again (it also serves as a lease).
        writer.WriteNumber("pogingen"u8, 0);
        writer.WriteString("nietVoor"u8, Moments.Text(notificatie.Aanmaakdatum));
    });
}
