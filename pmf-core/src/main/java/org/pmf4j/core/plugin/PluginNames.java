package org.pmf4j.core.plugin;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.pmf4j.api.plugin.PmfPlugin;

/** Which names are taken, and by whom: plugins' own names and those of all that they offer. */
final class PluginNames {
  private final Map<String, String> owners = new LinkedHashMap<>();

  PluginNames(List<PmfPlugin> builtIn) {
    for (PmfPlugin plugin : builtIn) {
      names(plugin).forEach(name -> owners.put(name, "the built-in plugin " + plugin.name()));
    }
  }

  /**
   * Takes the names of a jar's plugins, all or none.
   *
   * @throws PluginProblem if one is taken
   */
  void claim(Path jar, List<LoadedPlugin> plugins) throws PluginProblem {
    Map<String, String> taken = new LinkedHashMap<>();
    for (LoadedPlugin plugin : plugins) {
      for (String name : names(plugin)) {
        String other = taken.containsKey(name) ? "itself" : owners.get(name);
        if (other != null) {
          throw new PluginProblem(
              String.format(
                  Locale.ROOT,
                  "%s is brought by %s too; remove one of the two, or rename it",
                  name,
                  other));
        }
        taken.put(name, jar.toString());
      }
    }
    owners.putAll(taken);
  }

  private static List<String> names(PmfPlugin plugin) {
    List<String> names = new ArrayList<>();
    names.add("plugin '" + plugin.name() + "'");
    plugin.backends().forEach(b -> names.add("backend '" + b.name() + "'"));
    plugin.modalities().forEach(m -> names.add("modality '" + m.name() + "'"));
    plugin.encoderFamilies().forEach(f -> names.add(EncoderFamilies.name(f)));
    plugin.fusionMethods().forEach(f -> names.add("fusion method '" + f.name() + "'"));
    plugin.tableFormats().forEach(t -> names.add("table format '" + t.name() + "'"));
    return names;
  }
}
