/**
 * PMF from Java: {@link org.pmf4j.core.Pmf} opens a backend, trains, loads and pretrains. Each
 * thing that it does lives in a package below.
 */
package org.pmf4j.core;
