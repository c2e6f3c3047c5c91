namespace Klanten.Core.Model;

/// <summary>A write of a klant. A <c>destroy</c> is never recorded, because it removes the audit trail with the klant.</summary>
public enum Actie
{
    Create,
    Update,
    PartialUpdate,
    Destroy,
}

/// <summary>The names of an <see cref="Actie"/> in the standard.</summary>
public static class ActieNames
{
    /// <summary>The value of <c>actie</c>.</summary>
    public static string Code(this Actie actie) => actie switch
    {
        Actie.Create => "create",
        Actie.Update => "update",
        Actie.PartialUpdate => "partial_update",
        _ => "destroy",
    };

    /// <summary>The value of <c>actieWeergave</c>, for people.</summary>
    public static string Weergave(this Actie actie) => actie switch
    {
        Actie.Create => "Object aangemaakt",
        Actie.Update => "Object bijgewerkt",
        Actie.PartialUpdate => "Object deels bijgewerkt",
        _ => "Object verwijderd",
    };
}

/// <summary>One entry of a klant's audit trail (schema AuditTrail).</summary>
/// <remarks>
/// URLs are not stored: like the url of a klant they are made when the entry is read, with the address of that request.
/// </remarks>
public sealed record AuditEntry
{
    public required Guid Uuid { get; init; }
    public required AuditContext AuditContext { get; init; }
    public required Actie Actie { get; init; }

    /// <summary>The klant as "bronorganisatie - klantnummer", as it was before the action; on create, as it became.</summary>
    public required string ResourceWeergave { get; init; }

    /// <summary>The moment of the action, in UTC, in whole microseconds.</summary>
    public required DateTimeOffset Aanmaakdatum { get; init; }

    /// <summary>The representation before the action, without url; empty on create.</summary>
    public ReadOnlyMemory<byte> Oud { get; init; }

    /// <summary>The representation after the action, without url.</summary>
    public required ReadOnlyMemory<byte> Nieuw { get; init; }

    /// <summary>The HTTP status with which the action was answered.</summary>
    public int Resultaat => Actie == Actie.Create ? 201 : 200;
}
