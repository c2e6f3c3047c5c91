using Klanten.Core.Fields;

namespace Klanten.Functions.Http;

/// <summary>
/// An error in the form of the standard (schemas Fout and ValidatieFout, RFC 9457 with a code). Its texts never repeat what
/// the request or another server contained.
/// </summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Type">Last part of the type URI: the reference's name of this kind of error.</param>
/// <param name="Code">Code for programs.</param>
/// <param name="Title">The kind of error.</param>
/// <param name="Detail">What the consumer can do about it.</param>
internal sealed record Problem(int Status, string Type, string Code, string Title, string Detail)
{
    /// <summary>The number of errors that an answer holds at most; further ones are left out.</summary>
    public const int MaxErrors = 100;

    /// <summary>The invalid fields; null for other kinds of error.</summary>
    public IReadOnlyList<FieldError>? InvalidParams { get; init; }

    /// <summary>Whether a part of the request was not read, so that the connection cannot carry another one.</summary>
    public bool ClosesConnection { get; init; }

    /// <summary>When a retry may succeed; null when a retry makes no difference.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public static readonly Problem NotFound = new(
        404, "NotFound", "not_found", "Niet gevonden.", "Op dit adres is niets te vinden.");

    public static readonly Problem PageNotFound = NotFound with { Detail = "Deze pagina bestaat niet." };

    public static readonly Problem MethodNotAllowed = new(
        405, "MethodNotAllowed", "method_not_allowed", "Methode niet toegestaan.", "Gebruik een van de methoden in de header Allow.");

    public static readonly Problem NotAcceptable = new(
        406,
        "NotAcceptable",
        "not_acceptable",
        "Niet aanvaardbaar.",
        "Deze API antwoordt alleen met application/json, en bij fouten met application/problem+json.");

    public static readonly Problem UnsupportedMediaType = new(
        415, "UnsupportedMediaType", "unsupported_media_type", "Mediatype niet ondersteund.", "Stuur de inhoud als application/json.");

    public static readonly Problem BodyTooLarge = new(
        413, "RequestEntityTooLarge", "request_entity_too_large", "Inhoud te groot.", "De inhoud mag hooguit 1 MB groot zijn.")
    {
        ClosesConnection = true,
    };

    public static readonly Problem ParseError = new(
        400, "ParseError", "parse_error", "Inhoud onleesbaar.", "De inhoud is geen geldige JSON in UTF-8 van hooguit 32 niveaus diep.");

    public static readonly Problem BadRequest = new(
        400, "ParseError", "parse_error", "Verzoek onleesbaar.", "Het verzoek voldoet niet aan HTTP.")
    {
        ClosesConnection = true,
    };

    public static readonly Problem AddressUnknown = BadRequest with { Detail = "De header Host noemt geen adres van deze API." };

    public static readonly Problem PartialPut = BadRequest with
    {
        Detail = "Een deel van een klant vervangen kan niet: laat de header Content-Range weg.",
    };

    public static readonly Problem RequestTimeout = new(
        408, "RequestTimeout", "request_timeout", "Verzoek duurt te lang.", "De inhoud kwam niet binnen de toegestane tijd.")
    {
        ClosesConnection = true,
    };

    public static readonly Problem PreconditionFailed = new(
        412,
        "PreconditionFailed",
        "precondition_failed",
        "Voorwaarde niet vervuld.",
        "De gegevens hebben niet de versie die in If-Match staat. Lees ze opnieuw.");

    public static readonly Problem Contended = new(
        409, "Conflict", "conflict", "Conflict.", "Deze klant wordt tegelijk door anderen gewijzigd. Probeer het opnieuw.");

    public static readonly Problem KlantnummersExhausted = new(
        409,
        "Conflict",
        "klantnummers-uitgeput",
        "Klantnummers uitgeput.",
        "Alle klantnummers van deze bronorganisatie zijn uitgegeven. Geef zelf een klantnummer op.");

    public static readonly Problem Unexpected = new(
        500,
        "APIException",
        "error",
        "Interne fout.",
        "Er ging iets mis dat niet aan het verzoek ligt. Geef bij navraag het kenmerk in 'instance' door.");

    /// <summary>More is asked than the program takes on at a time. The body is not read to its end.</summary>
    public static readonly Problem Overloaded = Busy(TimeSpan.FromSeconds(1)) with { ClosesConnection = true };

    public static Problem PermissionDenied(string code, string detail) => new(403, "PermissionDenied", code, "Geen toegang.", detail);

    public static Problem Invalid(IReadOnlyList<FieldError> errors) =>
        new(400, "ValidationError", "invalid", "Ongeldige gegevens.", "Een of meer gegevens zijn ongeldig; zie 'invalidParams'.")
        {
            InvalidParams = errors.Count <= MaxErrors ? errors : [.. errors.Take(MaxErrors)],
        };

    public static Problem ScanRefused(TimeSpan retryAfter) =>
        new(
            503,
            "ServiceUnavailable",
            "te-veel-zoekopdrachten",
            "Te veel zoekopdrachten.",
            "Met deze filters moeten heel veel klanten worden doorzocht, en dat doen er al te veel tegelijk. Zoek op een gegeven dat bij "
                + "weinig klanten hoort, of probeer het later opnieuw; zie de header Retry-After.")
        {
            RetryAfter = retryAfter,
        };

    public static Problem Busy(TimeSpan retryAfter) =>
        new(429, "Throttled", "throttled", "Te veel verzoeken.", "Probeer het later opnieuw; zie de header Retry-After.")
        {
            RetryAfter = retryAfter,
        };
}
