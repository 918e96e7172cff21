package org.pmf4j.cli.option;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.file.FileErrors;

/**
 * Reads YAML that a user wrote, and tells what is wrong with it without the parser's words. Has no
 * state: any thread may call it.
 */
public final class YamlText {
  private static final ObjectMapper MAPPER =
      YAMLMapper.builder().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION).build();
  private static final Pattern TWICE = Pattern.compile("^Duplicate [Ff]ield '(.{1,80})'");
  private static final int LONGEST = 1 << 20;

  private YamlText() {}

  /**
   * Reads a file.
   *
   * @throws PmfException naming the file, and the line that is wrong
   */
  public static JsonNode read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw PmfException.input(file + ": no such file");
    }
    try {
      if (Files.size(file) > LONGEST) {
        throw PmfException.input(file + ": is larger than 1 MiB; options are a few lines of YAML");
      }
      return parse(file.toString(), Files.readString(file));
    } catch (CharacterCodingException e) {
      throw PmfException.input(file + ": is not text in UTF-8; save it as such", e);
    } catch (IOException e) {
      throw FileErrors.cannotRead(file, e);
    }
  }

  /**
   * Parses a text.
   *
   * @param source what it is called in messages
   * @throws PmfException naming the source, and the line that is wrong
   */
  public static JsonNode parse(String source, String text) {
    try {
      return MAPPER.readTree(text.startsWith("\ufeff") ? text.substring(1) : text);
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      String place =
          at == null
              ? ""
              : String.format(Locale.ROOT, " line %d, column %d", at.getLineNr(), at.getColumnNr());
      Matcher twice = TWICE.matcher(String.valueOf(e.getOriginalMessage()));
      String what =
          twice.find()
              ? "the key '" + twice.group(1) + "' stands there twice; remove one"
              : "not valid YAML; look at quotes, colons and indentation there and above";
      throw PmfException.input(source + place + ": " + what, e);
    }
  }
}
