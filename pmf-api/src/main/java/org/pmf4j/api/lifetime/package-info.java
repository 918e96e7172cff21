/**
 * When things outside the Java heap may be freed. A {@link org.pmf4j.api.lifetime.Lifetime} counts
 * the calls that are using something, so that whoever closes it meanwhile, on whichever thread,
 * frees nothing under them; {@link org.pmf4j.api.lifetime.EngineGate} does the same for the engines
 * of the whole process, whose own memory goes when the process ends. All backends keep to both.
 */
package org.pmf4j.api.lifetime;
