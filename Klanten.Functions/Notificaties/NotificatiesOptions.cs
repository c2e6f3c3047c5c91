using Klanten.Functions.ExternalApis;

namespace Klanten.Functions.Notificaties;

/// <summary>Section <c>Klanten:Notificaties</c>; without a Url writes leave no notification in the outbox.</summary>
public sealed class NotificatiesOptions : ExternalApiOptions
{
    internal override string Section => "Klanten:Notificaties";
}
