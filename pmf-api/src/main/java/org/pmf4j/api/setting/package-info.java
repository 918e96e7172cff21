/**
 * What may be chosen, declared once. A {@link org.pmf4j.api.setting.Setting} has a name, a {@link
 * org.pmf4j.api.setting.Kind} with its range, a default and a line of help; command line, files,
 * saved models and messages read them from there. {@link org.pmf4j.api.setting.Settings} are the
 * values of some of them, complete and checked.
 */
package org.pmf4j.api.setting;
