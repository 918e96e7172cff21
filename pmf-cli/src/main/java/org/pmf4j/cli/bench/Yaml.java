package org.pmf4j.cli.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.pmf4j.core.file.FileErrors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a YAML file, or a list that stands in place of its name. */
final class Yaml implements ITypeConverter<JsonNode> {
  @Override
  public JsonNode convert(String value) {
    if (value.startsWith("[")) {
      return parse("the list", value);
    }
    Path file = Path.of(value);
    if (!Files.isRegularFile(file)) {
      throw new TypeConversionException(file + ": no such file");
    }
    try {
      return parse(value, Files.readString(file));
    } catch (IOException e) {
      throw FileErrors.cannotRead(file, e);
    }
  }

  private static JsonNode parse(String source, String text) {
    try {
      return new YAMLMapper().readTree(text);
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      String what = e.getOriginalMessage().lines().findFirst().orElse("");
      throw new TypeConversionException(
          String.format(Locale.ROOT, "%s line %d: not valid YAML: %s", source, line, what));
    }
  }
}
