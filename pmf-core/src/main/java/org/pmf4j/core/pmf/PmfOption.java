package org.pmf4j.core.pmf;

import java.util.List;
import org.pmf4j.api.setting.Setting;

/**
 * A setting of PMF that the command line has an option of its own for. Immutable, so that any
 * number of threads may share it.
 *
 * @param setting its name, kind, default and help; of another method the option sets what has that
 *     name
 * @param sets names of the settings of PMF that get its value
 */
public record PmfOption(Setting<?> setting, List<String> sets) {
  /** Copies the list. */
  public PmfOption {
    sets = List.copyOf(sets);
  }

  /** An option for one setting. */
  static PmfOption of(Setting<?> setting) {
    return new PmfOption(setting, List.of(setting.name()));
  }

  /** An option for several at once. */
  static PmfOption of(Setting<?> setting, Setting<?>... sets) {
    return new PmfOption(setting, List.of(sets).stream().<String>map(Setting::name).toList());
  }

  /** Names of the settings that get its value in a method. */
  public List<String> setsIn(String method) {
    return method.equals(PmfMethod.NAME) ? sets : List.of(setting.name());
  }
}
