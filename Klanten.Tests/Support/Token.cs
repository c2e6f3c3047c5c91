using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Klanten.Tests.Support;

/// <summary>A JSON Web Token, signed by hand so that it can be wrong in every way.</summary>
public sealed class Token
{
    private readonly JsonObject claims;
    private readonly JsonObject header;
    private readonly string secret;

    private Token(JsonObject claims, JsonObject header, string secret) =>
        (this.claims, this.header, this.secret) = (claims, header, secret);

    /// <summary>Claims user_id and user_representation of every token, unless it lacks them.</summary>
    public const string GebruikersId = "jdevries";
    public const string GebruikersWeergave = "Jan de Vries";

    /// <summary>As consumers make them.</summary>
    public static Token Of(Application application) => new(new()
    {
        ["iss"] = application.ClientId,
        ["iat"] = DateTimeOffset.UtcNow.ToUnixTimeSeconds(),
        ["client_id"] = application.ClientId,
        ["user_id"] = GebruikersId,
        ["user_representation"] = GebruikersWeergave,
    }, new() { ["typ"] = "JWT", ["alg"] = "HS256" }, application.Secret);

    public Token With(string claim, JsonNode? value) => new(claims.With(claim, value), header, secret);

    /// <summary>A claim that is a moment, relative to now.</summary>
    public Token With(string claim, TimeSpan fromNow) => With(claim, (DateTimeOffset.UtcNow + fromNow).ToUnixTimeSeconds());

    public Token Without(params string[] names) => new(claims.Without(names), header, secret);

    public Token SignedWith(string otherSecret) => new(claims, header, otherSecret);

    /// <summary>HS256, HS384, HS512 or none.</summary>
    public Token Algorithm(string algorithm) => WithHeader("alg", algorithm);

    public Token WithHeader(string name, JsonNode? value) => new(claims, header.With(name, value), secret);

    public override string ToString() => Sign(header.ToJsonString(), claims.ToJsonString(), secret, (string?)header["alg"]);

    /// <summary>A token of any header and payload, which need not be JSON, signed with HS256 unless another algorithm is given.</summary>
    public static string Sign(string header, string payload, string secret, string? algorithm = "HS256")
    {
        var signed = $"{Encode(header)}.{Encode(payload)}";
        return $"{signed}.{Base64Url.EncodeToString(Hash(algorithm, Encoding.UTF8.GetBytes(secret), Encoding.ASCII.GetBytes(signed)))}";
    }

    /// <summary>The claims of a token, which must be signed with this secret.</summary>
    public static JsonObject ClaimsOf(string token, string secret)
    {
        var parts = token.Split('.');
        var hash = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"));
        Assert.Equal(Base64Url.EncodeToString(hash), parts[2]);
        return JsonNode.Parse(Base64Url.DecodeFromChars(parts[1]))!.AsObject();
    }

    private static byte[] Hash(string? algorithm, byte[] key, byte[] signed) => algorithm switch
    {
        "HS256" => HMACSHA256.HashData(key, signed),
        "HS384" => HMACSHA384.HashData(key, signed),
        "HS512" => HMACSHA512.HashData(key, signed),
        _ => [],
    };

    private static string Encode(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
