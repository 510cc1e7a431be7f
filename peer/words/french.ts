/** 256 plain French words, no two of which sound alike over a bad telephone line. Their order is part of the protocol. */
const WORDS = `
  pomme rivière bougie nord jardin fenêtre argent crayon lapin planète cuivre moteur faucon guitare marteau veste
  cuisine citron aimant aiguille orange palais fusée selle tunnel parapluie velours jaune zèbre ancre panier caméra
  désert forêt galaxie iceberg jungle bouilloire échelle marbre serviette océan reine ruban tigre violon hiver yaourt
  banane château dauphin coude glacier casque insecte puzzle royaume lanterne miroir muscade pieuvre perroquet
  chocolat tomate uniforme village wagon ballon émeraude fontaine gingembre miel koala prairie neveu olive pingouin
  radis écharpe théière licorne vanille sifflet bambou cactus ingénieur flamant girafe noisette laitue oignon oreiller
  corbeau tonnerre vallée gaufre cerise marguerite enveloppe hérisson lézard nickel moineau tortue couverture cheminée
  dentiste éléphant luciole gondole hamster glaçon jongleur lion nouille loutre citrouille rhubarbe araignée trompette
  volcan cannelle escalator pêcheur hôtel voyage rossignol orchestre restaurant sandwich télescope université légume
  calendrier sonnette fermier vacances concierge kangourou machine journal bureau recette visiteur festival gant
  karaté voisin opéra épaule billet aspirateur tissu hockey idée kiwi chêne toit fleur nuage domino écho flûte colline
  coquillage tulipe loup brique fourchette globe lierre confiture hibou bague cloche danse drapeau herbe cheval bocal
  infirmière peinture train horloge poisson maison lampe table pièce portail semaine mercredi enclume galop nectar
  persil quartz cartable tracteur abricot cristal expresso fossile gazelle judo lessive mammouth orchidée bretzel
  tambourin escalier moulin alphabet bracelet boussole détective ascenseur meuble gymnase méduse limonade mélodie
  framboise mandarine vinaigre armoire accordéon astronaute bulldozer chenille dinosaure gladiateur maternelle
  marathon octogone parachute saxophone trampoline camion fusain grenier jumelles navire rocher xylophone artichaut
  cabine dentelle écureuil girouette lavande muguet pastèque quiche toboggan vitrine
`

export const words: readonly string[] = WORDS.trim().split(/\s+/)
