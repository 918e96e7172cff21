package org.pmf4j.cli.plugins;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.BackendFactory;
import org.pmf4j.api.backend.BackendInfo;
import org.pmf4j.api.backend.BackendOptions;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.plugin.PmfPlugin;
import org.pmf4j.api.setting.Setting;
import org.pmf4j.cli.console.Console;
import org.pmf4j.cli.console.Facts;
import org.pmf4j.cli.option.PluginOption;
import org.pmf4j.core.encoder.EncoderSpec;
import org.pmf4j.core.plugin.EncoderFamilies;
import org.pmf4j.core.plugin.PluginRegistry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code pmf plugins}. For one thread at a time. */
@Command(
    name = "plugins",
    description = {
      "Lists what is there, built in or in a folder of plugins: plugins, backends, modalities,"
          + " encoder families, fusion methods and their settings, and table formats."
    })
public final class PluginsCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private PluginOption folder = new PluginOption();

  /** A command that writes to {@code console}. */
  public PluginsCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    try (PluginRegistry found = folder.discover()) {
      list(found, console.out());
    }
    return 0;
  }

  private static void list(PluginRegistry found, PrintStream out) {
    Facts plugins = new Facts();
    found.plugins().forEach(p -> plugins.add(p.name(), describe(p, found)));
    section("Plugins (version, version of the plugin interfaces, origin)", plugins, out);

    Facts backends = new Facts();
    sorted(found.backends()).forEach((name, b) -> backends.add(name, describe(b)));
    section("Backends", backends, out);

    Facts modalities = new Facts();
    sorted(found.modalities())
        .forEach((name, m) -> modalities.add(name, m.description() + settings(m.settings())));
    section("Modalities", modalities, out);

    Facts families = new Facts();
    EncoderFamilies offered = found.encoderFamilies();
    offered
        .modelTypes()
        .forEach(type -> families.add(type, String.join(", ", offered.of(type).keySet())));
    section("Encoder families (model_type, modality)", families, out);

    Facts used = new Facts();
    EncoderSpec.SETTINGS.forEach(s -> used.add(line(s), s.help() + range(s)));
    section("Settings of every encoder, beside those of its modality", used, out);

    Facts methods = new Facts();
    sorted(found.fusionMethods())
        .forEach((name, m) -> methods.add(name, m.description() + settings(m.settings())));
    section("Fusion methods", methods, out);

    Facts tables = new Facts();
    sorted(found.tableFormats()).forEach((name, t) -> tables.add(name, t.description()));
    section("Table formats beside CSV and JSON", tables, out);
  }

  private static String describe(PmfPlugin plugin, PluginRegistry found) {
    String origin = found.origin(plugin).map(Path::toString).orElse("built in");
    return String.format(
        Locale.ROOT, "%s, API %d, %s", plugin.version(), plugin.apiVersion(), origin);
  }

  private static <T> Map<String, T> sorted(PluginRegistry.Catalog<T> catalog) {
    return new TreeMap<>(catalog.all());
  }

  private static void section(String title, Facts facts, PrintStream out) {
    out.println(title);
    facts.print(out);
    out.println();
  }

  private static String describe(BackendFactory factory) {
    try (Backend backend = factory.open(BackendOptions.DEFAULT)) {
      BackendInfo info = backend.info();
      List<String> can =
          info.capabilities().stream()
              .sorted(Comparator.naturalOrder())
              .map(c -> c.name().toLowerCase(Locale.ROOT))
              .toList();
      return String.format(
          Locale.ROOT,
          "%s%nengine %s, device %s, %d threads, can: %s",
          factory.description(),
          info.engine(),
          info.device(),
          info.threads(),
          String.join(", ", can));
    } catch (PmfException e) {
      return String.format(
          Locale.ROOT, "%s%ncannot be opened: %s", factory.description(), e.getMessage());
    }
  }

  private static String settings(List<Setting<?>> settings) {
    return settings.stream()
        .map(s -> String.format(Locale.ROOT, "%n%s  %s%s", line(s), s.help(), range(s)))
        .collect(Collectors.joining());
  }

  private static String line(Setting<?> setting) {
    return setting.name() + "=" + setting.standardText();
  }

  private static String range(Setting<?> setting) {
    return " (" + setting.kind().range() + ")";
  }
}
