/**
 * What every fusion method must pass: {@link org.pmf4j.testkit.fusion.FusionMethodConformance},
 * which a plugin's test class extends. Settings, plan and model are tried over tiny random encoders
 * on a backend that the test class hands over.
 */
package org.pmf4j.testkit.fusion;
