package org.pmf4j.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a chart gives its script to draw. */
final class Drawn {
  private static final Pattern DATA = Pattern.compile("data-chart=\"(.*?)\"", Pattern.DOTALL);

  private Drawn() {}

  static JsonNode by(Chart chart) {
    Matcher m = DATA.matcher(chart.html());
    if (!m.find()) {
      throw new AssertionError("nothing is drawn: " + chart.html());
    }
    String json =
        m.group(1)
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", "\"")
            .replace("&#39;", "'")
            .replace("&amp;", "&");
    try {
      return new ObjectMapper().readTree(json);
    } catch (JsonProcessingException e) {
      throw new AssertionError(json, e);
    }
  }
}
