<?xml version="1.0" encoding="utf-8"?>
<!-- The licence of each component of a bill of materials (CycloneDX), a line each: name, version, licence. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:bom="http://cyclonedx.org/schema/bom/1.7"
                exclude-result-prefixes="bom">
  <xsl:output method="text" encoding="utf-8" />
  <xsl:template match="/">
    <xsl:for-each select="bom:bom/bom:components/bom:component">
      <xsl:sort select="bom:name" />
      <xsl:value-of select="concat(bom:name, ' ', bom:version, ': ')" />
      <xsl:if test="not(bom:licenses)">no licence stated by the package</xsl:if>
      <xsl:for-each select="bom:licenses/bom:expression | bom:licenses/bom:license">
        <xsl:if test="position() > 1"> AND </xsl:if>
        <xsl:choose>
          <xsl:when test="self::bom:expression"><xsl:value-of select="." /></xsl:when>
          <xsl:when test="bom:id"><xsl:value-of select="bom:id" /></xsl:when>
          <xsl:when test="bom:url"><xsl:value-of select="bom:url" /></xsl:when>
          <xsl:otherwise><xsl:value-of select="bom:name" /></xsl:otherwise>
        </xsl:choose>
      </xsl:for-each>
      <xsl:value-of select="'&#10;'" />
    </xsl:for-each>
  </xsl:template>
</xsl:stylesheet>
