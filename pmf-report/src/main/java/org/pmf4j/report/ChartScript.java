package org.pmf4j.report;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * What draws charts: Apache ECharts, as its WebJar has it, and the few lines that tell it what to
 * draw. Both go into the page itself.
 */
final class ChartScript {
  private static final String POM = "/META-INF/maven/org.webjars.npm/echarts/pom.properties";

  private static final String VERSION = version();
  private static final String HOME = "/META-INF/resources/webjars/echarts/" + VERSION + "/";

  /** The build with lines, bars and points, and with SVG: two thirds of the whole. */
  private static final List<String> SCRIPTS =
      List.of(Resources.text(HOME + "dist/echarts.common.min.js"), Resources.text("charts.js"));

  private ChartScript() {}

  /** What a Content-Security-Policy must allow: these scripts, by their hashes, and no others. */
  static String sources() {
    return SCRIPTS.stream().map(ChartScript::source).collect(Collectors.joining(" "));
  }

  /** Elements for the end of the page: the licence, folded, and the scripts. */
  static String html() {
    StringBuilder b = new StringBuilder();
    b.append("<details class=\"licence\">\n<summary>Charts by Apache ECharts ").append(VERSION);
    b.append("</summary>\n<pre>");
    b.append(Markup.escape(Resources.text(HOME + "NOTICE"))).append('\n');
    b.append(Markup.escape(Resources.text(HOME + "LICENSE"))).append("</pre>\n</details>\n");
    SCRIPTS.forEach(s -> b.append("<script>").append(s).append("</script>\n"));
    return b.toString();
  }

  private static String source(String script) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      byte[] hash = sha.digest(script.getBytes(StandardCharsets.UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(hash) + "'";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static String version() {
    Properties properties = new Properties();
    try {
      properties.load(new StringReader(Resources.text(POM)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version");
  }
}
