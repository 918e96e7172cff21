package org.pmf4j.cli.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.pmf4j.cli.option.YamlText;
import picocli.CommandLine.ITypeConverter;

/** Reads a YAML file, or a list that stands in place of its name. */
final class Yaml implements ITypeConverter<JsonNode> {
  @Override
  public JsonNode convert(String value) {
    return value.startsWith("[")
        ? YamlText.parse("the list", value)
        : YamlText.read(Path.of(value));
  }
}
