package org.pmf4j.cli.option;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.pmf4j.api.error.PmfException;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * A YAML file whose keys are the long names of a command's options. It stands for words right after
 * the command's name, so that later words override them; paths in it start from the working
 * directory, as they do on the command line. An option that takes a list has one value or a YAML
 * list of them; one that takes YAML itself may have it in place of a file's name. For one thread at
 * a time.
 */
public final class ConfigFile {
  /** The option that names the file. */
  public static final String OPTION = "--config";

  private final Path file;
  private final Map<String, OptionSpec> known;

  private ConfigFile(Path file, CommandSpec command) {
    this.file = file;
    this.known =
        command.options().stream()
            .filter(o -> !o.longestName().equals(OPTION) && !o.inherited() && !o.usageHelp())
            .filter(o -> !o.versionHelp())
            .collect(Collectors.toMap(o -> o.longestName().substring(2), o -> o));
  }

  /**
   * Words with those of the configuration file that they name.
   *
   * @param command whose subcommand, or one of its own, the words choose
   * @throws PmfException naming the file and the key that is unknown or has no fitting value
   */
  public static String[] expand(String[] words, CommandLine command) {
    CommandLine chosen = command;
    int at = -1;
    while (!chosen.getSubcommands().isEmpty()) {
      do {
        at++;
      } while (at < words.length && words[at].startsWith("-"));
      chosen = at < words.length ? chosen.getSubcommands().get(words[at]) : null;
      if (chosen == null) {
        return words;
      }
    }
    if (chosen.getCommandSpec().findOption(OPTION) == null) {
      return words;
    }
    List<String> all = new ArrayList<>(List.of(words));
    String path = named(all.subList(at + 1, all.size()));
    if (path != null) {
      all.addAll(at + 1, new ConfigFile(Path.of(path), chosen.getCommandSpec()).words());
    }
    return all.toArray(String[]::new);
  }

  private static String named(List<String> words) {
    for (int i = 0; i < words.size(); i++) {
      if (words.get(i).startsWith(OPTION + "=")) {
        return words.get(i).substring(OPTION.length() + 1);
      }
      if (words.get(i).equals(OPTION) && i + 1 < words.size()) {
        return words.get(i + 1);
      }
    }
    return null;
  }

  private List<String> words() {
    List<String> words = new ArrayList<>();
    read().properties().forEach(e -> add(words, e.getKey(), e.getValue()));
    return words;
  }

  private JsonNode read() {
    JsonNode root = YamlText.read(file);
    if (!root.isObject()) {
      throw PmfException.input(file + ": 'key: value' lines are needed");
    }
    return root;
  }

  private void add(List<String> words, String key, JsonNode value) {
    OptionSpec option = known.get(key);
    if (option == null) {
      String all = String.join(", ", new TreeSet<>(known.keySet()));
      throw PmfException.usage(file + ": unknown key '" + key + "'; known: " + all);
    }
    String name = "--" + key;
    if (JsonNode.class.isAssignableFrom(option.type()) && value.isContainerNode()) {
      words.add(name + "=" + value);
    } else if (option.isMultiValue() && !option.typeInfo().isMap()) {
      (value.isArray() ? value : List.of(value))
          .forEach(v -> words.add(name + "=" + one(key, Map.entry(key, v))));
    } else if (option.isMultiValue()) {
      if (!value.isObject()) {
        throw PmfException.usage(file + ": " + key + " needs 'name: value' lines below it");
      }
      value.properties().forEach(e -> words.add(name + "=" + e.getKey() + "=" + one(key, e)));
    } else if (option.arity().max() == 0) {
      if (!value.isBoolean()) {
        throw PmfException.usage(file + ": " + key + " must be true or false");
      }
      if (value.booleanValue()) {
        words.add(name);
      }
    } else {
      words.add(name + "=" + one(key, Map.entry(key, value)));
    }
  }

  private String one(String key, Map.Entry<String, JsonNode> entry) {
    JsonNode value = entry.getValue();
    if (!value.isValueNode() || value.isNull()) {
      throw PmfException.usage(file + ": " + key + " needs one value, got " + value);
    }
    return value.asText();
  }
}
